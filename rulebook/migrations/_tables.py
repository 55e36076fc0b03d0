"""All tables of an app in one step: the state is told every change, the models are made once."""

from django.db import migrations


class Tables(migrations.SeparateDatabaseAndState):
    """Creates, in one go, every table that the operations say, as it stands after the last of them.

    One by one, Django makes every related model anew after each operation: twenty of the seconds of a first start.
    Takes CreateModel, and AddField, AddIndex and AddConstraint on what these create; raises TypeError for any other.
    """

    def __init__(self, *operations):
        for operation in operations:
            if not isinstance(operation, TELLING):
                raise TypeError(f"{type(operation).__name__} 不是建表，放在 Tables 后面")
        super().__init__(state_operations=operations)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # 已经造出来的，一步一步跟着改；没有的，要用时才造
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for name in self._created():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for name in reversed(self._created()):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self):
        return f"建表：{'、'.join(self._created())}"

    def _created(self) -> list[str]:
        return [one.name for one in self.state_operations if isinstance(one, migrations.CreateModel)]


TELLING = (migrations.CreateModel, migrations.AddField, migrations.AddIndex, migrations.AddConstraint)
