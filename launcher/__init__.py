"""What `python3 run.py` does. Standard library only up to the moment the virtual environment exists."""
