"""不能办的原因：一句一句说给经办人听。"""


class LetterRefused(Exception):
    """A letter cannot be written, issued or printed; `sentences` say why, in Chinese."""

    def __init__(self, *sentences: str):
        self.sentences = list(sentences)
        super().__init__("；".join(sentences))


class FileRefused(Exception):
    """A file handed in cannot be kept; the message says why and what to do."""
