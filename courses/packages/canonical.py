"""A package as files, in the one form there is for the same content: what the exporter writes and the linter asks for.

Pure.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from courses.choices import LOCALES
from courses.freshness import tidy
from courses.packages import schema
from courses.packages.package import Package
from courses.packages.writer import write

Files = dict[str, bytes]
# Where the files of a package stand; whatever else lies in its folder is not its own.
_PLACES = ("*.yaml", "lessons/*.yaml", "cases/*.yaml", "bank/*.yaml", "figures/*", "files/*")
# Links between rows have no order of their own.
_UNORDERED = {"languages", "professions", "settings", "sign_offs", "sources"}


def canonical(package: Package) -> Files:
    """Path within the module's folder → content, sorted by path."""
    sources = schema.SourcesFile(sources=package.sources)
    files: Files = {"module.yaml": text_of(package.module), "sources.yaml": text_of(sources)}
    for lesson in package.lessons:
        blocks = [_with_named_files(lesson.key, block, package.pictures, files) for block in lesson.blocks]
        files[f"lessons/{lesson.key}.yaml"] = text_of(msgspec.structs.replace(lesson, blocks=blocks))
    files |= {f"cases/{case.key}.yaml": text_of(case) for case in package.cases}
    files |= {name: text_of(bank) for name, bank in _banks(package.questions).items()}
    if package.survey:
        files["survey.yaml"] = text_of(package.survey)
    if package.translations:
        ordered = sorted(package.translations, key=lambda translation: translation.text)
        files["translations.yaml"] = write(schema.TranslationsFile(translations=ordered))
    return dict(sorted(files.items()))


def files_in(folder: Path) -> set[str]:
    """The paths of the files of a package that lie there, canonical or not."""
    return {path.relative_to(folder).as_posix() for place in _PLACES for path in folder.glob(place) if path.is_file()}


def bank_of(question: schema.Question) -> str:
    """The file a question stands in: by the setting it is for, and its form."""
    match question.settings:
        case []:
            who = "common"
        case [setting]:
            who = setting
        case _:
            who = "several"
    return f"bank/{who}-{question.form.lower()}.yaml"


def _banks(questions: list[schema.Question]) -> dict[str, schema.BankFile]:
    groups: dict[str, list[schema.Question]] = defaultdict(list)
    for question in questions:
        groups[bank_of(question)].append(question)
    return {name: schema.BankFile(questions=group) for name, group in groups.items()}


def _with_named_files(step: str, block: schema.Block, pictures: dict[str, bytes], files: Files) -> schema.Block:
    """Its picture and its download under the names made from the keys; keys hold no full stop."""
    named = {}
    for field, folder in (("image", "figures"), ("file", "files")):
        words: schema.Words | None = getattr(block, field)
        if words is None:
            continue
        same = words.en == words.es or pictures.get(words.en) == pictures.get(words.es)
        paths = {}
        for locale in LOCALES:
            name = getattr(words, locale)
            parts = [step, block.key, *([] if same else [locale]), name.rpartition(".")[2]]
            paths[locale] = f"{folder}/{'.'.join(parts)}" if name in pictures else ""
            if name in pictures:
                files[paths[locale]] = pictures[name]
        named[field] = schema.Words(**paths)
    return msgspec.structs.replace(block, **named)


def text_of(value: msgspec.Struct) -> bytes:
    return write(tidied(value))


def tidied(value: Any) -> Any:
    """Texts as they are stored, without those empty in both languages where a text may be left out."""
    if isinstance(value, schema.Words):
        return schema.Words(en=tidy(value.en), es=tidy(value.es))
    if isinstance(value, list):
        return [tidied(item) for item in value]
    if not isinstance(value, msgspec.Struct):
        return value
    fields = {name: tidied(getattr(value, name)) for name in value.__struct_fields__}
    defaults = {field.name: field.default for field in msgspec.structs.fields(value)}
    for name, item in fields.items():
        if isinstance(item, schema.Words) and not (item.en or item.es) and defaults[name] is None:
            fields[name] = None
        elif name in _UNORDERED and item and isinstance(item[0], str):
            fields[name] = sorted(item)
        elif item == defaults[name]:  # msgspec leaves out what is the default itself, not what equals it
            fields[name] = defaults[name]
    return type(value)(**fields)
