import json

from django.core.management.base import BaseCommand

from insight.models import SearchDocument
from insight.search import indexing


class Command(BaseCommand):
    help = "给落后于办理日志的信访件建检索文档；平时由后台每十秒做一次，重跑无害。"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args, **options):
        written = indexing.index_all()
        total = SearchDocument.objects.count()
        if options["json"]:
            self.stdout.write(json.dumps({"indexed": written, "documents": total}))
        else:
            self.stdout.write(f"新建或更新 {written} 件，共 {total} 件检索文档")
