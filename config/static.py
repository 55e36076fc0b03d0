"""Static files: only what the pages use, hashed names, and a gzip copy beside each text file."""

import gzip
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# 第三方应用自带的文件里真正用到的那几个；其余（地图文件、示例、用不到的版本）一律不收
VENDOR_FILES = frozenset(
    {
        "django_htmx/htmx-2.min.js",
        "drf_spectacular_sidecar/swagger-ui-dist/favicon-32x32.png",
        "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js",
        "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-standalone-preset.js",
        "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css",
    }
)
TEXT_ENDINGS = (".css", ".js", ".svg", ".json", ".html", ".txt", ".map")


class VendorFinder(AppDirectoriesFinder):
    """Files inside installed packages, cut down to VENDOR_FILES."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """(path, storage) of every vendor file that may be collected."""
        return ((path, storage) for path, storage in super().list(ignore_patterns) if path in VENDOR_FILES)

    def find_in_app(self, app: str, path: str) -> str | None:
        """The file on disk, or None where it is not on the list."""
        return super().find_in_app(app, path) if path in VENDOR_FILES else None


class GzipManifestStorage(ManifestStaticFilesStorage):
    """Hashed names as Django makes them, and `name.gz` beside each text file for whitenoise to send."""

    # 第三方的成品脚本里写着 sourceMappingURL，而我们不带 .map 文件：不改写这一种引用
    patterns = tuple(
        (
            ending,
            tuple(rule for rule in rules if not (isinstance(rule, (tuple, list)) and "sourceMappingURL" in rule[0])),
        )
        for ending, rules in ManifestStaticFilesStorage.patterns
    )

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, Any]]:
        """Django's own processing; afterwards every hashed text file has its gzip copy."""
        for original, hashed, processed in super().post_process(paths, dry_run=dry_run, **options):
            if not dry_run and processed is True and hashed and hashed.endswith(TEXT_ENDINGS):
                self._write_gzip(hashed)
            yield original, hashed, processed

    def _write_gzip(self, name: str) -> None:
        source = self.path(name)
        target = source + ".gz"
        with open(source, "rb") as plain:
            body = plain.read()
        packed = gzip.compress(body, compresslevel=9, mtime=0)
        if len(packed) < len(body):
            with open(target, "wb") as out:
                out.write(packed)
