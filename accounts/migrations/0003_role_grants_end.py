import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_role_grants'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='rolegrant',
            name='role_grant_once',
        ),
        migrations.AddField(
            model_name='rolegrant',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='taken away'),
        ),
        migrations.AddField(
            model_name='rolegrant',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'role', 'scope'), name='role_grant_once'),
        ),
    ]
