"""How functions are lowered: those that only compiled code calls once, to be optimised where they are inlined.

Numba optimises every function by itself, with all that it calls, and makes machine code of it, whoever calls it.  A
flight is some three hundred kernels, of which the machine code would never run: they are inlined into one entry.  Here
a kernel stays as it was lowered; what it calls is linked when a caller that Python can call needs it.

Only our own entries, twins and `rvd.njit` tell kernels where their constants are. Elsewhere a kernel must not need any:
it raises nothing that has arguments, as none of ours does.
"""

from typing import Any

from numba import _dynfunc
from numba.core import codegen, lowering
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.environment import lookup_environment
from numba.core.typed_passes import NativeLowering

_ENVIRONMENT = "_ZN08NumbaEnv"
"""How the names of the constants of Numba's functions begin."""


class LinkedLibrary(codegen.JITCodeLibrary):
    """The code of one kernel, without what it calls, never made machine code by itself."""

    _merged: Any = None

    def finalize(self) -> None:
        """Nothing is linked in and nothing optimised."""
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """There is no machine code."""
        return 0

    def _get_module_for_linking(self) -> Any:
        """The module of this kernel and of all that it calls."""
        if self._merged is None:
            merged = super()._get_module_for_linking().clone()
            for library in self._called():
                merged.link_in(_own_module(library), preserve=True)
                if hasattr(
                    self, "_reload_init"
                ):  # of what has to be done anew where code is loaded; not in Numba 0.62
                    self._reload_init.update(library._reload_init)
            self._merged = merged
        return self._merged

    def _called(self) -> list[Any]:
        """The libraries of all functions that this one calls, and those call, each once."""
        found: dict[Any, None] = {}
        waiting = list(self._linking_libraries)
        while waiting:
            library = waiting.pop()
            if library is not self and library not in found:
                found[library] = None
                if isinstance(library, LinkedLibrary):
                    waiting += library._linking_libraries
        return list(found)


def _own_module(library: Any) -> Any:
    """The module of a library: of a kernel without what it calls."""
    if isinstance(library, LinkedLibrary):
        return codegen.JITCodeLibrary._get_module_for_linking(library)
    return library._get_module_for_linking()


class _Lower(lowering.Lower):
    """Numba's lowering, which would take each record apart wherever it appears or goes, to count references."""

    def incref(self, kind: Any, value: Any) -> None:
        """Counts one reference more, of what has any."""
        if self._is_counted(kind):
            super().incref(kind, value)

    def decref(self, kind: Any, value: Any) -> None:
        """Counts one reference less, of what has any."""
        if self._is_counted(kind):
            super().decref(kind, value)

    def _is_counted(self, kind: Any) -> bool:
        """Whether a value holds an array, or something else that is counted; records of numbers do not."""
        if kind not in _COUNTED:
            _COUNTED[kind] = self.context.data_model_manager[kind].contains_nrt_meminfo()
        return _COUNTED[kind]


_COUNTED: dict[Any, bool] = {}


@register_pass(mutates_CFG=True, analysis_only=False)
class Lowering(NativeLowering):
    """Lowers a function that Python calls."""

    _name = "lowering"

    @property
    def lowering_class(self) -> Any:
        return _Lower


@register_pass(mutates_CFG=True, analysis_only=False)
class LoweringToLink(Lowering):
    """Lowers a kernel into a library of its own kind, and tells Numba's callers of it."""

    _name = "lowering_to_link"

    def run_pass(self, state: Any) -> bool:
        context = state.targetctx
        library = LinkedLibrary(context.codegen(), state.func_id.func_qualname)
        state.library, state.flags.no_compile = library, True
        done = super().run_pass(state)
        lowered = state["cr"]
        # Numba's callers know a function by an object of this kind; its address, 0, is never called.
        name = lowered.fndesc.qualname.split(".")[-1]
        parts = (lowered.fndesc.lookup_module(), name, "", 0, lowered.env, (library,))
        key = _dynfunc.make_function(*parts)
        context.insert_user_function(key, lowered.fndesc, [library])
        state.reload_init.extend(getattr(library, "_reload_init", ()))
        state["cr"] = lowered._replace(cfunc=key)
        return bool(done)


class Compiler(CompilerBase):
    """Numba's compiler with its last step replaced: of a function that Python calls."""

    lowering: Any = Lowering

    def define_pipelines(self) -> list[Any]:
        pipeline = DefaultPassBuilder.define_nopython_pipeline(self.state, "rvd")
        pipeline.passes = [
            (self.lowering, what) if step is NativeLowering else (step, what)
            for step, what in pipeline.passes
        ]
        pipeline._finalized = False
        pipeline.finalize()
        return [pipeline]


class LinkingCompiler(Compiler):
    """The same of a kernel."""

    lowering = LoweringToLink


def with_constants(dispatcher: Any) -> Any:
    """A dispatcher that tells what it compiles where the constants of the kernels in it are."""
    compile_as_usual = dispatcher.compile

    def compile_then_tell(signature: Any) -> Any:
        done = compile_as_usual(signature)
        for result in dispatcher.overloads.values():
            _set_constants(result.library)
        return done

    dispatcher.compile = compile_then_tell
    return dispatcher


def _set_constants(library: Any) -> None:
    for variable in library._final_module.global_variables:
        environment = lookup_environment(variable.name) if variable.name.startswith(_ENVIRONMENT) else None
        if environment is not None:
            library.codegen.set_env(variable.name, environment)
