# SPDX-License-Identifier: MIT
# The target toccata_torch: LibTorch, wherever it is. Debian's package is found by itself; that of a
# Python environment through -DTOCCATA_TORCH=FOLDER, its site-packages/torch.
#
# Of such a folder the parts that run on the processor are linked by hand: its own CMake files ask
# for a CUDA toolkit, also where nothing of it is used. CUDA is loaded when it is asked for.
set(TOCCATA_TORCH "" CACHE PATH "site-packages/torch of a Python environment, instead of libtorch-dev")
add_library(toccata_torch INTERFACE)
if(TOCCATA_TORCH)
  set(torch_includes "${TOCCATA_TORCH}/include" "${TOCCATA_TORCH}/include/torch/csrc/api/include")
  find_library(TOCCATA_TORCH_CPU torch_cpu PATHS "${TOCCATA_TORCH}/lib" REQUIRED NO_DEFAULT_PATH)
  find_library(TOCCATA_TORCH_C10 c10 PATHS "${TOCCATA_TORCH}/lib" REQUIRED NO_DEFAULT_PATH)
  set(torch_libraries "${TOCCATA_TORCH_CPU}" "${TOCCATA_TORCH_C10}")
  # What it needs of NVIDIA's lies in folders beside it, found as the program runs.
  target_link_options(toccata_torch INTERFACE -Wl,--allow-shlib-undefined
                                              "-Wl,-rpath,${TOCCATA_TORCH}/lib")
else()
  find_package(Torch REQUIRED)
  set(torch_includes ${TORCH_INCLUDE_DIRS})
  set(torch_libraries torch_cpu c10)
endif()
target_include_directories(toccata_torch SYSTEM INTERFACE ${torch_includes})
target_link_libraries(toccata_torch INTERFACE ${torch_libraries} ${CMAKE_DL_LIBS})
