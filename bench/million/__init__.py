"""百万件：自己的库，造一百万件、两千万行日志，与同一轮里的裸 SQL 交错着比。不进 check。

Steps (`steps.py`) run one after another and are written down in var/, so that a run that was stopped goes on where it
was. What is loaded are copies of lives that the demo city's people really walked through the product's acts, moved by
whole weeks and given other words: every log line is sealed and chained as the product seals it, and the deadlines are
read off it by the product's clock. Letters, opinions and scans are not loaded.
"""
