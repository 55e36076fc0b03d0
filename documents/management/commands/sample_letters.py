import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.letters import editable, letter_pack, printing, specimens
from documents.letters.fields import KINDS
from documents.letters.impediments import LetterRefused


class Command(BaseCommand):
    help = "用虚构的取值套打全部文书，每种一份 PDF、一份 DOCX：sample_letters --out 文件夹"

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, required=True, help="放样张的文件夹，没有就新建")
        parser.add_argument("--pack", type=Path, default=Path("citypacks/reference"), help="城市包")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出清单")

    def handle(self, *args, **options):
        city = settings.BASE_DIR / options["pack"]
        read = letter_pack.read(city)
        if read.complaints:
            raise CommandError("；".join(read.complaints))
        place = next(
            (one for one in (city, city.parent / "reference") if (one / "letters/samples.toml").exists()), None
        )
        if place is None:
            raise CommandError("城市包和参照包里都没有 letters/samples.toml，没有取值可套打")
        found = specimens.read(place / "letters" / "samples.toml")
        if missing := sorted(set(KINDS) - set(found)):
            raise CommandError(f"样张缺少取值：{'、'.join(missing)}")
        options["out"].mkdir(parents=True, exist_ok=True)
        made = [self._make(found[kind], read, options["out"]) for kind in sorted(found)]
        if options["json"]:
            self.stdout.write(json.dumps(made, ensure_ascii=False))
            return
        for one in made:
            self.stdout.write(f"{one['kind']} {one['title']} {one['number'] or '不编号'} {one['pages']}页")
        self.stdout.write(f"{len(made)} 种文书的样张在 {options['out']}")

    def _make(self, sample, read, folder) -> dict:
        try:
            letter = sample.letter(read)
        except LetterRefused as refused:
            raise CommandError(f"{sample.kind}：{refused}") from refused
        fonts = printing.Fonts(folder=settings.LETTER_FONT_DIR, system=settings.LETTER_SYSTEM_FONTS)
        pdf = printing.pdf(letter.with_secrets(sample.secrets), on=sample.dated, fonts=fonts, reprint="样张，内容虚构")
        name = f"{sample.kind}-{letter.title}"
        (folder / f"{name}.pdf").write_bytes(pdf)
        (folder / f"{name}.docx").write_bytes(editable.docx(letter, on=sample.dated))
        return {
            "kind": sample.kind,
            "title": letter.title,
            "number": letter.number,
            "pages": printing.page_count(pdf),
            "pdf": f"{name}.pdf",
            "docx": f"{name}.docx",
        }
