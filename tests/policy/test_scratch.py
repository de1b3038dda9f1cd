import pytest, time
from tests.policy import world as w, walking
pytestmark = pytest.mark.django_db
@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), w.standing() as made:
        yield made
def test_it(world):
    t=time.time()
    m=walking.observed(world)
    print(time.time()-t)
    walking.write(m)
    assert 0, time.time()-t
