"""Closed vocabularies whose words carry the label shown on screen. Pure."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enum of (stored word, label on the screen)."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        word = str.__new__(cls, code)
        word._value_, word.label = code, label
        return word
