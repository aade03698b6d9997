import asyncio
import stat
import sys

import pytest

from beside.errors import ConsentNeeded, SettingWrong, VoiceMissing
from beside.settings import load
from beside.voices.catalog import Catalogue
from beside.voices.pinned import WEIGHTS
from beside.voices.weights import path_of


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "data")


@pytest.fixture
def gguf(tmp_path):
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    return path


def names(catalogue: Catalogue) -> list[str]:
    return [entry.name for entry in catalogue.entries()]


def test_a_fresh_list_has_the_authored_voice_first_and_what_can_be_fetched(catalogue):
    authored, *fetchable = catalogue.entries()
    assert (authored.name, authored.ready, authored.leaves_machine) == ("authored", True, False)
    assert [entry.name for entry in fetchable] == list(WEIGHTS)
    assert not any(entry.ready or entry.leaves_machine for entry in fetchable)
    assert "`beside voices add smollm2-135m` fetches it (92 MB)" in fetchable[0].description


def test_weights_that_were_fetched_are_ready(catalogue):
    path = path_of("smollm2-135m", catalogue.weights_folder)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF")
    entry = catalogue.entry("smollm2-135m")
    assert (entry.ready, entry.where) == (True, str(path))
    catalogue.remove("smollm2-135m")
    assert not catalogue.entry("smollm2-135m").ready


def test_without_the_runtime_no_model_is_ready_and_it_says_why(catalogue, gguf, monkeypatch):
    catalogue.add_gguf("mine", gguf)
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    entry = catalogue.entry("mine")
    assert not entry.ready
    assert "pip install 'beside[embedded]'" in entry.description


def test_a_server_is_added_kept_and_removed(catalogue, tmp_path):
    entry = catalogue.add_server("home", "localhost:11434", "llama3.2", "k-123")
    assert (entry.kind, entry.where) == ("server", "http://localhost:11434/v1")
    assert not entry.leaves_machine
    assert "k-123" not in repr(entry)
    again = Catalogue(tmp_path / "data")
    assert again.entry("home") == entry
    assert again.get("home").name == "home"
    again.remove("home")
    assert "home" not in names(catalogue)


def test_the_file_with_the_keys_is_its_owners_alone(catalogue, tmp_path):
    catalogue.add_server("home", "localhost:11434", "llama3.2", "k-123")
    file = tmp_path / "data" / "voices.toml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("address", "model"), [("https://api.example.org", "big"), ("localhost:11434", "big:cloud")]
)
def test_a_voice_elsewhere_is_opened_only_after_the_person_agreed(catalogue, address, model):
    assert catalogue.add_server("far", address, model).leaves_machine
    for _ in range(2):
        with pytest.raises(ConsentNeeded, match="everything said in the conversation"):
            catalogue.get("far")
        assert catalogue.get("far", agreed=True).name == "far"


def test_a_yes_is_to_one_model_in_one_place(catalogue):
    first = catalogue.add_server("far", "https://api.example.org", "big")
    second = catalogue.add_server("far", "https://other.example.org", "big")
    assert first.agreement == "big at https://api.example.org/v1"
    assert second.agreement != first.agreement
    assert catalogue.entry("authored").agreement is None


def test_an_own_model_is_listed_from_where_it_lies(catalogue, gguf):
    entry = catalogue.add_gguf("mine", gguf)
    assert (entry.kind, entry.ready, entry.where) == ("embedded", True, str(gguf))
    gguf.unlink()
    entry = catalogue.entry("mine")
    assert not entry.ready
    assert "no longer where it was" in entry.description


def test_removing_an_own_model_leaves_the_persons_file(catalogue, gguf):
    catalogue.add_gguf("mine", gguf)
    catalogue.remove("mine")
    assert gguf.exists()
    assert "mine" not in names(catalogue)


def test_removing_a_model_that_beside_fetched_deletes_it(catalogue):
    path = path_of("mine", catalogue.weights_folder)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"GGUF")
    catalogue.add_gguf("mine", path)
    catalogue.remove("mine")
    assert not path.exists()


def test_the_authored_and_the_scripted_voice_are_always_there(catalogue):
    assert catalogue.get("authored").name == "authored"
    assert catalogue.get("scripted").name == "scripted"
    assert catalogue.get("authored") is catalogue.get("authored")
    asyncio.run(catalogue.close())


@pytest.mark.parametrize("name", ["nobody", "", "../x"])
def test_a_voice_that_is_not_there_is_told(catalogue, name):
    for ask in (catalogue.get, catalogue.entry, catalogue.remove, catalogue.choose):
        with pytest.raises(VoiceMissing, match="no voice called"):
            ask(name)


def test_weights_that_are_not_here_yet_say_how_to_fetch_them(catalogue):
    with pytest.raises(VoiceMissing, match="beside voices add smollm2-135m"):
        catalogue.get("smollm2-135m")


@pytest.mark.parametrize("name", ["authored", "scripted", "smollm2-135m", "Big", "a b", "", "-x"])
def test_some_names_cannot_be_given(catalogue, name):
    with pytest.raises(VoiceMissing, match="cannot be called"):
        catalogue.add_server(name, "localhost:1234", "m")


@pytest.mark.parametrize(("model", "key"), [("", None), (" ", None), ("a\nb", None), ("m", "a\nb")])
def test_models_and_keys_that_cannot_be_are_refused(catalogue, model, key):
    with pytest.raises(VoiceMissing):
        catalogue.add_server("home", "localhost:1234", model, key)
    assert "home" not in names(catalogue)


def test_odd_but_true_values_come_back_as_they_were(catalogue, tmp_path):
    catalogue.add_server("home", "localhost:1234", 'a "model" \\ ünï/名:x', 'k"\\')
    assert Catalogue(tmp_path / "data").entry("home") == catalogue.entry("home")


@pytest.mark.parametrize(
    "text", ["not toml =", "home = 3", "[home]\nmodel = 'm'", "[home]\nbase_url = 3", "\udcff"]
)
def test_a_file_that_cannot_be_read_is_told_and_left(catalogue, tmp_path, text):
    file = tmp_path / "data" / "voices.toml"
    file.parent.mkdir()
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingWrong, match=r"voices\.toml"):
        catalogue.entries()
    assert file.exists()


def test_choosing_keeps_the_other_settings(catalogue, tmp_path):
    folder = tmp_path / "data"
    catalogue.choose("authored")
    file = folder / "settings.toml"
    file.write_text('# mine\nport = 9999\nvoice = "authored"\ncountry = "NL"\n', "utf-8")
    catalogue.add_server("home", "localhost:1234", "m")
    catalogue.choose("home")
    assert file.read_text("utf-8") == '# mine\nport = 9999\nvoice = "home"\ncountry = "NL"\n'
    settings, origins = load({"data_folder": folder})
    assert (settings.voice, origins["voice"]) == ("home", "file")
