"""Wiring only: settings, addresses of pages, timetable. No rule lives here."""

from config import checks
from config.celery import app as celery_app

__all__ = ["celery_app", "checks"]
