"""manage rotate_field_keys: every encrypted value rewritten under the current key, in batches, safe to break off."""

import json
from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.db.models.functions import Cast

from accounts.privacy import EncryptedTextField, Undecipherable, current_prefix, decrypt


class Command(BaseCommand):
    """换密钥：把新密钥放在 FIELD_KEYS 最前、旧密钥留在后面，运行本命令，全部改写后再撤旧密钥。"""

    help = "把全部加密字段改写到当前密钥之下"

    def add_arguments(self, parser):
        """--json: one JSON object on standard output; --batch: rows locked at a time."""
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--batch", type=int, default=500, help="每批行数")

    def handle(self, *args, **options):
        """Report per field. CommandError, after everything else was rewritten, where a value opens under no key."""
        report = {}
        for model, field in encrypted_fields():
            report[f"{model._meta.label}.{field.name}"] = rotate(model, field, options["batch"])
        broken = sum(counts["undecipherable"] for counts in report.values())
        if options["json"]:
            self.stdout.write(json.dumps({"fields": report, "undecipherable": broken}, ensure_ascii=False))
        else:
            for name, counts in report.items():
                self.stdout.write(f"{name}：改写 {counts['rewritten']}，无法解开 {counts['undecipherable']}")
        if broken:
            raise CommandError(f"有 {broken} 个值用现有密钥都解不开，旧密钥不能撤：请核对 FIELD_KEYS")


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of every table of the house."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def rotate(model: type[models.Model], field: EncryptedTextField, batch: int) -> dict[str, int]:
    """How many values of one column were rewritten and how many open under no key."""
    counts = {"rewritten": 0, "undecipherable": 0}
    rows = (
        model._base_manager.annotate(stored=Cast(field.name, models.TextField()))
        .exclude(stored__startswith=current_prefix())
        .exclude(stored="")
        .exclude(stored=None)
        .order_by("pk")
    )
    last = None
    while True:
        with transaction.atomic():
            rest = rows if last is None else rows.filter(pk__gt=last)
            page = list(rest.select_for_update(of=("self",)).values_list("pk", "stored")[:batch])
            for pk, stored in page:
                try:
                    plain = decrypt(stored)
                except Undecipherable:
                    counts["undecipherable"] += 1
                    continue
                model._base_manager.filter(pk=pk).update(**{field.name: plain})
                counts["rewritten"] += 1
        if not page:
            return counts
        last = page[-1][0]
