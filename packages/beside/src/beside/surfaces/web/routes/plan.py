"""The person's own safety plan: to read, to print, to write, to erase. Nobody is asked for it."""

from fastapi import APIRouter
from starlette.responses import Response

from beside.surfaces.plan import LONGEST_PART, is_empty, parts, written
from beside.surfaces.web.visit import Here

router = APIRouter(include_in_schema=False)


@router.get("/plan")
async def read(here: Here) -> Response:
    """The plan as it stands, and its seven parts to write in."""
    plan = await here.keeper.read(lambda journal: journal.plan())
    return here.page(
        "plan.html",
        plan=plan,
        parts=parts(plan, here.gettext),
        longest=LONGEST_PART,
        kept="kept" in here.request.query_params,
    )


@router.post("/plan")
async def keep(here: Here) -> Response:
    """Keep it as it is written now; where every part is empty there is no plan."""
    plan = written(here.form.fields, here.beside.clock())
    if is_empty(plan):
        await here.keeper.read(lambda journal: journal.erase_plan())
        return here.go("/plan")
    await here.keeper.read(lambda journal: journal.keep_plan(plan))
    return here.go("/plan?kept")


@router.post("/plan/erase")
async def erase(here: Here) -> Response:
    """Erase it: it is really gone."""
    await here.keeper.read(lambda journal: journal.erase_plan())
    return here.go("/plan")
