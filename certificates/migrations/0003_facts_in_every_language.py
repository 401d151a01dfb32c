from django.db import migrations

# What a certificate of completion said in one language before there were offers.
_WORDS = ("title", "setting_name")


def put_in_languages(apps, schema_editor):
    for certificate in apps.get_model("certificates", "Certificate").objects.iterator():
        certificate.facts = _today(certificate.facts, certificate.locale)
        certificate.save(update_fields=["facts"])
        _begin_trail(apps.get_model("certificates", "CertificateEvent"), certificate)
    for job in apps.get_model("jobs", "Job").objects.filter(kind="certificates.draw"):
        certificate = apps.get_model("certificates", "Certificate").objects.get(pk=job.payload["certificate"])
        job.payload["language"] = certificate.locale
        job.save(update_fields=["payload"])


def _begin_trail(events, certificate):
    event = events.objects.create(certificate=certificate, act="issued", by_id=certificate.issued_by_id)
    events.objects.filter(pk=event.pk).update(at=certificate.issued_at)


def _today(facts, locale):
    if "credit" in facts:
        return facts
    credit = {
        "offer": "completion",
        "type": "completion",
        "provider": {locale: facts.pop("provider")},
        "statement": {locale: facts.pop("statement")},
    }
    facts.pop("format", None)
    return facts | {name: {locale: facts[name]} for name in _WORDS} | {"credit": credit}


class Migration(migrations.Migration):
    """Facts become words by language, trails begin, and a paper waiting to be drawn learns in which language."""

    dependencies = [("certificates", "0002_life_after_issue"), ("jobs", "0001_initial")]
    operations = [migrations.RunPython(put_in_languages, migrations.RunPython.noop)]
