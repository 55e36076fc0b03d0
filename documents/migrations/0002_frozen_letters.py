"""已签发的文书由数据库冻结：文号、字段、文字、散列不能改，整行不能删；只能补上 PDF、作废、调整密级。"""

from django.db import migrations

from documents.migrations._guards import FREEZE, THAW


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
