"""System calls that no synthesis needs are refused, so that faults in the kernel's rarer parts are out of reach.

What a machine has bugs in is mostly what only few programs use: name spaces made by anybody, ``io_uring``, ``bpf``,
odd families of sockets. Some of it is also not confined by namespaces: keys, ``AF_VSOCK``. Sources: seccomp(2), bpf(2),
``<linux/seccomp.h>``, ``<asm/unistd_64.h>``, ``<asm-generic/unistd.h>``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import threading
from collections.abc import Callable

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "modify_ldt": (154, None),
    "name_to_handle_at": (303, 264),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, 265),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
_FURNISHING: dict[str, tuple[int | None, int | None]] = {
    "chroot": (161, 51),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "pivot_root": (155, 41),
    "umount2": (166, 39),
    "unshare": (272, 97),
}
"""What the sandbox itself is built with, refused once it stands."""
_SOCKET, _SOCKETPAIR, _CLONE, _CLONE3, _IOCTL = (41, 198), (53, 199), (56, 220), (435, 435), (16, 29)
_KEYCTL = (250, 219)
_JOIN_SESSION_KEYRING = 1
_FAMILIES = (1, 2, 10)
"""``AF_UNIX``, ``AF_INET`` and ``AF_INET6``: without a network the latter two fail in words that people know."""
_NEW_NAMESPACE = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_TERMINAL = (0x5412, 0x541C)
"""``TIOCSTI`` and ``TIOCLINUX``, which type into a terminal."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
"""Where ``struct seccomp_data`` has the call, the machine, and the lower halves of the first two arguments."""
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_PR_SET_SECCOMP, _MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 22, 2, 38

_libc = ctypes.CDLL(None, use_errno=True)


def is_known_machine() -> bool:
    """Whether there is a filter for what this machine, and this Python, calls the kernel by."""
    return os.uname().machine in _ARCHITECTURES and struct.calcsize("P") == 8


def install(furnished: bool) -> None:
    """Refuse, from now on and to all that this thread starts, what no synthesis needs.

    :param furnished: the sandbox stands, so that making namespaces and mounting are refused too.
    :raises OSError: the machine has no such filters.
    """
    program = _program(furnished)
    code = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, described, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")


def started_behind(action: Callable[[], None]) -> None:
    """Do something whose processes can make no namespaces, where this process itself still has to make some.

    A filter is a thread's, and goes on to what the thread starts; so a thread of its own does it.
    """
    failed: list[BaseException] = []

    def act() -> None:
        try:
            install(furnished=True)
            action()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def leave_keyring() -> None:
    """Leave the session keyring of whoever started this for an empty one: what a login put there is not for projects.

    Where there are no keys, or none may be asked for (a container's own filter), there is nothing to leave.
    """
    _libc.syscall(_KEYCTL[_column()], _JOIN_SESSION_KEYRING, None)


def _column() -> int:
    return 0 if os.uname().machine == "x86_64" else 1


def _program(furnished: bool) -> bytes:
    column = _column()
    refused = {**_NUMBERS, **(_FURNISHING if furnished else {})}
    permission = _instruction(_RETURN, _ERROR | errno.EPERM)
    code = _instruction(_LOAD, _ARCHITECTURE)
    code += _instruction(_EQUAL, _ARCHITECTURES[os.uname().machine], 1, 0) + permission
    code += _instruction(_LOAD, _NUMBER)
    if column == 0:
        code += _instruction(_AT_LEAST, _X32, 0, 1) + permission
    for numbers in refused.values():
        if (number := numbers[column]) is not None:
            code += _instruction(_EQUAL, number, 0, 1) + permission
    code += _on(_SOCKET[column], _FIRST, _unless(_FAMILIES))
    code += _on(_SOCKETPAIR[column], _FIRST, _unless(_FAMILIES[:1]))
    typing = b"".join(_instruction(_EQUAL, command, 0, 1) + permission for command in _TERMINAL)
    code += _on(_IOCTL[column], _SECOND, typing + _instruction(_RETURN, _ALLOW))
    if furnished:
        # Its flags lie in memory, where a filter cannot look; the C library then does without it.
        code += _instruction(_EQUAL, _CLONE3[column], 0, 1) + _instruction(_RETURN, _ERROR | errno.ENOSYS)
        made = _instruction(_ANY_BIT, _NEW_NAMESPACE, 0, 1) + permission
        code += _on(_CLONE[column], _FIRST, made + _instruction(_RETURN, _ALLOW))
    return code + _instruction(_RETURN, _ALLOW)


def _on(number: int, argument: int, then: bytes) -> bytes:
    """What is done at one call, about one of its arguments; *then* has to end in an answer."""
    return _instruction(_EQUAL, number, 0, 1 + len(then) // 8) + _instruction(_LOAD, argument) + then


def _unless(values: tuple[int, ...]) -> bytes:
    count = len(values)
    tests = b"".join(_instruction(_EQUAL, value, count - place, 0) for place, value in enumerate(values))
    return tests + _instruction(_RETURN, _ERROR | errno.EPERM) + _instruction(_RETURN, _ALLOW)


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)
