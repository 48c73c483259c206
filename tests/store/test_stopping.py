"""Work that nobody waits for any more ends, and other work does not."""

from __future__ import annotations

from threading import Thread

import pytest

from store.stopping import Stop, StoppedError, go_on, interrupted_by, waited_for


def test_work_that_nobody_can_stop_goes_on() -> None:
    """Without anybody who waits nothing is asked, and its own errors are its own."""
    go_on()
    with interrupted_by(lambda: pytest.fail("nobody said stop")):
        pass
    with pytest.raises(ZeroDivisionError), interrupted_by(lambda: None):
        raise ZeroDivisionError


def test_every_step_after_a_stop_is_refused() -> None:
    """Those before it are not; after the block others wait, or nobody."""
    stop = Stop()
    with waited_for(stop):
        go_on()
        with waited_for(Stop()):
            stop.stop()
            go_on()
        with pytest.raises(StoppedError):
            go_on()
        with pytest.raises(StoppedError), interrupted_by(lambda: pytest.fail("it has not begun")):
            pytest.fail("too late to begin")
    go_on()


def test_a_stop_interrupts_the_statement_that_is_at_work_and_no_other() -> None:
    """From any thread, and each once; one that is over already is left alone."""
    stop, ended = Stop(), list[str]()
    with waited_for(stop):
        with interrupted_by(lambda: ended.append("over")):
            pass
        with pytest.raises(StoppedError), interrupted_by(lambda: ended.append("at work")):
            other = Thread(target=stop.stop)
            other.start()
            other.join()
            raise RuntimeError("INTERRUPT")  # what a database says then
    assert ended == ["at work"]


def test_a_fault_of_a_statement_is_its_own_while_somebody_waits() -> None:
    """Only after a stop it counts as ended by that."""
    with waited_for(Stop()), pytest.raises(RuntimeError, match="its own"), interrupted_by(lambda: None):
        raise RuntimeError("its own")
