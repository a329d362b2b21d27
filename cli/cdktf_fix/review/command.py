"""``cdktf-fix review``: ask about every repair, then make what was accepted, or write down what was decided."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from .. import apply, stopping
from ..decisions import Decisions, DecisionsError
from ..options import Options
from ..output import Report, shown_path
from ..pages import explain
from ..projects import FAILED, FOUND, NOTHING, Work
from ..replaying import outdated, replayed
from .prompt import ask, draw, file_of, help_on_keys, rule_of, say
from .proposals import ProjectReview, Proposal, recorded
from .session import Session


@dataclass(frozen=True)
class ReviewOptions:
    """What the command line says of ``review`` alone."""

    output: Path | None = None
    """Where decisions are written; None: what is accepted is made."""
    decisions: Decisions | None = None
    """Earlier decisions, to go on from."""


def run(options: Options, review: ReviewOptions) -> int:
    """Carry out the command; the result is its exit code."""
    report = Report(options.quiet, options.verbose, dry_run=True)
    try:
        proposing = apply.checked_options(replace(options, choice=replace(options.choice, unsafe=True), verify=None))
    except ValueError as error:
        report.error(str(error))
        return FAILED
    try:
        session = _opened(proposing, review, report)
        if session is None:
            return FAILED
        if session.next() is None and not session.made:
            return _nothing(session, options, report)
        if not _asked(session):
            report.error("nobody answers: `review` asks on standard input, and that has ended; nothing is changed")
            return FAILED
    except KeyboardInterrupt:
        report.say("interrupted: nothing was written")
        raise
    return _finished(session, options, review, report)


def _opened(options: Options, review: ReviewOptions, report: Report) -> Session | None:
    """What there is to ask, earlier decisions taken in; None, after saying why, where nobody should be asked."""
    if refused := _refused(review):
        report.error(refused)
        return None
    works, wrong = apply.asked_for(options)
    wrong += (f"{shown_path(work.root)}: a row of a table is not reviewed here" for work in works if work.row)
    works = [work for work in works if not work.row]
    changed = [] if review.decisions is None else list(outdated(review.decisions, works))
    for line in (*wrong, *changed):
        report.error(line)
    if changed:
        return None
    session = Session(_projects(works, options, report), options, report.note)
    if review.decisions is not None:
        session.resume(review.decisions.made)
    return session


def _refused(review: ReviewOptions) -> str | None:
    """Why decisions cannot be written, told before anybody has answered; None where they can."""
    output = review.output
    if output is None:
        return None
    if output.exists() and (review.decisions is None or not output.samefile(review.decisions.source)):
        return f"{shown_path(output)}: there already; --decisions {shown_path(output)} goes on from it"
    if not os.access(output.parent, os.W_OK | os.X_OK):
        return f"{shown_path(output)}: cannot write there"
    return None


def _projects(works: list[Work], options: Options, report: Report) -> list[ProjectReview]:
    projects = []
    every = apply.repaired(works, options)
    shown = report.progress(every, sum(len(work.files) for work in works))
    with closing(every), closing(shown):
        for work, done in zip(works, shown):
            stopping.check()
            for error in done.errors:
                report.error(error)
            report.versions(done, done.root)
            projects.append(ProjectReview.of(work, done))
    return projects


def _nothing(session: Session, options: Options, report: Report) -> int:
    """Say that there is nothing to ask; the result is the exit code."""
    left = sum(project.left for project in session.projects)
    shown = f": {left} only shown, by `cdktf-fix check`" if left else ""
    report.say(f"Nothing to review{shown}.")
    if report.failed:
        return FAILED
    return FOUND if (left or report.lacking) and not options.exit_zero else NOTHING


def _asked(session: Session) -> bool:
    """Ask until everything is decided or whoever answers quits; False if nobody answers at all."""
    answered = drawn = False
    while (current := session.next()) is not None:
        project, proposal = current
        if not drawn:
            draw(project, project.alone(proposal, session.options))
        answer = ask(proposal, *session.counted())
        if answer is None:
            return answered
        answered = True
        if answer == "q":
            return True
        drawn = not _carried_out(answer, session, proposal)
    return True


def _carried_out(answer: str, session: Session, proposal: Proposal) -> bool:
    """Do what an answer says; False where the same question is asked again, with nothing new to look at."""
    scope, accepted = answer[:-1], {"y": True, "n": False}.get(answer[-1:])
    if accepted is not None and scope in _SCOPES:
        is_meant, named = _SCOPES[scope]
        careful = accepted and not proposal.is_unsafe
        count = session.decide(accepted, lambda each: is_meant(each, proposal) and not (careful and each.is_unsafe))
        if named is not None:
            say(f"{named(proposal)}: {count} {'accepted' if accepted else 'rejected'}", "bold")
        return True
    if answer == "u" and not session.undo():
        say("There is nothing to undo.")
        return False
    if answer == "e":
        explain(proposal.rule)
    elif answer != "u":
        help_on_keys()
    return answer == "u"


_SCOPES: dict[str, tuple[Callable[[Proposal, Proposal], bool], Callable[[Proposal], str] | None]] = {
    "": (lambda each, asked: each.decided == asked.decided, None),
    "r": (lambda each, asked: each.rule == asked.rule, rule_of),
    "f": (lambda each, asked: each.decided.path == asked.decided.path, file_of),
}
"""What an answer is about, by its first letter: which proposals, and what they are called together."""


def _finished(session: Session, options: Options, review: ReviewOptions, report: Report) -> int:
    """Make what was accepted, or write down what was decided."""
    open_count = session.finish()
    accepted = sum(session.made.values())
    rejected = len(session.made) - accepted
    summary = f"{accepted} accepted, {rejected} rejected, {open_count} left open"
    known = review.decisions.texts if review.decisions is not None else {}
    decisions = recorded(session.projects, session.made, review.output or Path("this review"), known)
    if review.output is not None:
        try:
            with stopping.shielded():
                decisions.write(review.output)
        except DecisionsError as error:
            report.error(str(error))
            return FAILED
        file = shown_path(review.output)
        report.say(f"Wrote {file}: {summary}. `cdktf-fix apply --decisions {file}` makes what is accepted.")
        return FAILED if report.failed else NOTHING
    quiet = options.quiet or options.verify is None
    code = apply.run(replace(replayed(options, decisions), quiet=quiet)) if accepted else NOTHING
    left = open_count + rejected + sum(project.left for project in session.projects)
    if code != FAILED:
        report.say(f"Done: {summary}.")
    if report.failed or code == FAILED:
        return FAILED
    return FOUND if (left or code == FOUND or report.lacking) and not options.exit_zero else NOTHING
