from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kits", "0001_initial")]

    operations = [
        migrations.AddField("labrequest", "person_id", models.UUIDField(null=True, db_index=True)),
    ]
