"""The command of whoever runs the installation: enter an official, where no page can yet."""

import argparse
import sys
from collections.abc import Sequence
from typing import TextIO

from dimoslive.context import AppContext
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import Afm, EmailAddress
from dimoslive.domain.people.principals import StaffRole
from dimoslive.services.identity.enter_official import RightGiven, WhoIsEntered, enter_official

_WORDS = {
    "invalid_afm": "is no AFM: nine digits, the last of which is a check digit",
    "invalid_email": "is no mail address",
    "required": "is needed",
    "unknown_municipality": "is not the slug of a municipality, as in its address: /m/kavala",
    "unknown_department": "is not a department of this municipality",
    "platform_has_no_municipality": "is not for a platform administrator",
    "administrator_has_all_departments": "is not for an administrator, who has all of them",
    "belongs_to_another_official": "belongs to another official",
}


def run(context: AppContext, arguments: Sequence[str], stdin: TextIO = sys.stdin) -> str:
    """Do what the arguments say; returns what to print. Raises `SystemExit` with one line."""
    asked = _parser().parse_args(arguments)
    role = StaffRole(asked.role)
    try:
        # Not an argument: those stand in the shell's history and in the list of processes.
        afm = Afm.parse(_ask(stdin)) if asked.afm else None
        email = EmailAddress.parse(asked.email) if asked.email else None
        who = WhoIsEntered(afm, email, asked.first_name, asked.last_name)
        official_id = enter_official(context, who, RightGiven(role, asked.municipality, tuple(asked.department)))
    except InvalidInput as problem:
        raise SystemExit(f"--{problem.field.replace('_', '-')} {_WORDS.get(problem.code, problem.code)}") from None
    return f"official {official_id} is entered as {role.value}"


def _ask(stdin: TextIO) -> str:
    if stdin.isatty():
        sys.stderr.write("AFM: ")
        sys.stderr.flush()
    return stdin.readline()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dimoslive.officials", description=__doc__)
    enter = parser.add_subparsers(required=True).add_parser("enter", help="enter an official, or change the role")
    enter.add_argument("role", choices=[role.value for role in StaffRole])
    enter.add_argument("--afm", action="store_true", help="recognised by the AFM, which is asked for")
    enter.add_argument("--email", default="", help="recognised by this address at the OpenID Connect provider")
    enter.add_argument("--last-name", default="", help="shown until the first sign-in, which brings the name")
    enter.add_argument("--first-name", default="")
    enter.add_argument("--municipality", default="", help="its slug, as in its address: /m/kavala")
    enter.add_argument("--department", type=int, action="append", default=[], help="its number; none: all of them")
    return parser
