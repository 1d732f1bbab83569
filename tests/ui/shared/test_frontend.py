from pathlib import PurePosixPath

import pytest

from dimoslive.ui.shared.frontend import Frontend, frontend_module


def test_the_build_gets_the_modules_and_nothing_of_the_workshop() -> None:
    laid = {PurePosixPath(path).as_posix(): text for path, text in Frontend().get_static_assets()}

    assert "frontend/components/alarm.tsx" in laid
    assert "frontend/meeting/views/meeting_page.tsx" in laid
    assert all(path.endswith((".ts", ".tsx")) for path in laid)
    assert [path for path in laid if ".test." in path or "node_modules" in path or "testing" in path] == []


def test_a_component_names_a_module_of_the_build() -> None:
    assert frontend_module("components/alarm.tsx") == "$/frontend/components/alarm.tsx"


def test_a_module_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        frontend_module("components/gone.tsx")
