#!/usr/bin/env python3
"""Measures operators on a GPU and writes the tables that `inferchip validate` reads.

Needs PyTorch with CUDA for measuring, and nothing but Python for --dry-run. See README.md.
"""

import argparse
import csv
import dataclasses
import datetime
import json
import math
import os
import statistics
import subprocess
import sys
import threading
import time

COLUMNS = {
    "gemm": "device,dtype,m,n,k,latency_us,power_w,power_limit_w,framework,version,kernel",
    "attention_decode": "device,dtype,kv_dtype,batch,ctx,heads,kv_heads,head_dim,window,latency_us,"
    "power_w,power_limit_w,framework,version,kernel",
    "attention_prefill": "device,dtype,kv_dtype,batch,seq,prefix,heads,kv_heads,head_dim,window,"
    "latency_us,power_w,power_limit_w,framework,version,kernel",
    "elementwise": "device,op,dtype,tokens,width,latency_us,model,tp,framework",
    "collectives": "device,op,dtype,n_devices,devices_per_node,bytes,latency_us,framework,version,"
    "kernel,impl",
}
COLUMNS = {table: text.split(",") for table, text in COLUMNS.items()}

BYTES = {"bfloat16": 2, "float16": 2, "fp8": 1}
PREFIX = "microbench"
NOISY = 0.05  # spread of the repetitions (p90 - p10) / median above which a row is measured again
TRIES = 3
SHORT_SECONDS = 0.05
SUSTAINED_SECONDS = 4.0
PAUSE_SECONDS = 0.2  # before a short run, so that it starts cool and at full clock
GRAPH_CALLS = 20
MOST_COPIES = 256


@dataclasses.dataclass(frozen=True)
class Case:
    """A row to measure: its table, the columns that name it, and the bytes that one call touches."""

    table: str
    what: dict
    touched: int

    def label(self):
        return self.table + " " + " ".join(f"{k}={v}" for k, v in self.what.items())


@dataclasses.dataclass(frozen=True)
class Regime:
    """How a case is repeated. Its name is the framework of its rows."""

    cold: bool
    sustained: bool

    def name(self):
        name = PREFIX + ("-cold" if self.cold else "-warm")
        return name + ("-sustained" if self.sustained else "")


# --- what is measured: pure functions -----------------------------------------------------------


def gemm_cases(quick, dtypes):
    """Projections of small and large models, and odd sizes; rows from one token to a long prompt."""
    sites = [(6144, 4096), (4096, 4096), (28672, 4096), (4096, 14336), (10240, 8192), (8192, 3584)]
    sites += [(1536, 1536), (5003, 2999), (4100, 4090)]
    rows = [1, 2, 4, 8, 16, 32, 64, 100, 128, 192, 256, 384, 512, 1000, 1024, 2048, 4096, 8192]
    if quick:
        sites, rows = sites[:2], [1, 64, 1024]
    cases = []
    for dtype in dtypes:
        for n, k in sites:
            for m in rows:
                if dtype == "fp8" and (n % 16 or k % 16):
                    continue  # the library refuses them
                size = BYTES[dtype] * (m * k + n * k) + 2 * m * n
                cases.append(Case("gemm", {"dtype": dtype, "m": m, "n": n, "k": k}, size))
    return cases


def attention_cases(quick, dtypes):
    """Decode and prefill of grouped and ungrouped heads, whole and split over devices."""
    heads = [(32, 8, 128), (64, 8, 128), (8, 1, 128), (32, 32, 128), (16, 2, 64)]
    decode = [(b, c) for b in (1, 4, 16, 64, 128) for c in (128, 1024, 2048, 8192, 32768)]
    prefill = [(b, s) for b in (1, 4) for s in (64, 256, 1024, 2048, 4096, 8192)]
    if quick:
        heads, decode, prefill = heads[:1], [(1, 1024), (64, 2048)], [(1, 1024)]
    cases = []
    for dtype in dtypes:
        if dtype == "fp8":
            continue
        for h, g, d in heads:
            named = {"dtype": dtype, "kv_dtype": dtype}
            sizes = {"heads": h, "kv_heads": g, "head_dim": d, "window": 0}
            for batch, ctx in decode:
                size = BYTES[dtype] * batch * d * (2 * ctx * g + 2 * h)
                if size <= 16e9:
                    what = {**named, "batch": batch, "ctx": ctx, **sizes}
                    cases.append(Case("attention_decode", what, size))
            for batch, seq in prefill:
                size = BYTES[dtype] * batch * seq * d * (2 * g + 2 * h)
                what = {**named, "batch": batch, "seq": seq, "prefix": 0, **sizes}
                cases.append(Case("attention_prefill", what, size))
    return cases


def elementwise_cases(quick, dtypes):
    """Norms, activations, additions and copies: streams in and out of so many elements a row."""
    streams = {"rmsnorm": 2, "layernorm": 2, "add": 3, "silu_mul": 3, "gelu": 2, "copy": 2}
    tokens = [1, 64] if quick else [1, 16, 64, 256, 1024, 4096, 16384]
    widths = [4096] if quick else [4096, 8192, 14336]
    return [
        Case(
            "elementwise",
            {"op": op, "dtype": dtype, "tokens": t, "width": w, "model": "", "tp": 1},
            BYTES[dtype] * n * t * w,
        )
        for dtype in dtypes
        if dtype != "fp8"
        for op, n in streams.items()
        for w in widths
        for t in tokens
    ]


def collective_cases(quick, devices):
    """All-reduces over all devices of this machine; none with one device."""
    if devices < 2:
        return []
    exponents = (13, 20) if quick else range(10, 29)
    return [
        Case(
            "collectives",
            {
                "op": "all_reduce",
                "dtype": "bfloat16",
                "n_devices": devices,
                "devices_per_node": devices,
                "bytes": 1 << e,
            },
            1 << e,
        )
        for e in exponents
    ]


def all_cases(quick, dtypes, devices, only=None):
    cases = gemm_cases(quick, dtypes) + attention_cases(quick, dtypes)
    cases += elementwise_cases(quick, dtypes) + collective_cases(quick, devices)
    return [case for case in cases if not only or case.table in only]


def copies(touched, cache_bytes, cold):
    """Sets of buffers to use in turn: so many that a set has left the cache when its turn comes."""
    if not cold:
        return 1
    return max(2, min(MOST_COPIES, math.ceil(3 * cache_bytes / max(1, touched)) + 1))


def percentile(values, percent):
    """Nearest rank: a value that occurred."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)]


def summary(values):
    """Median and relative spread."""
    median = statistics.median(values)
    return median, (percentile(values, 90) - percentile(values, 10)) / median


def row(case, device, regime, micros, power, limit, version, kernel):
    """The fields of a measured case by column; what a table has no column for is left out."""
    fields = {
        **case.what,
        "device": device,
        "latency_us": f"{micros:.4f}",
        "power_w": "" if power is None else f"{power:.1f}",
        "power_limit_w": "" if limit is None else f"{limit:.1f}",
        "framework": regime,
        "version": version,
        "kernel": kernel,
        "impl": kernel,
    }
    return {column: fields[column] for column in COLUMNS[case.table]}


def write_tables(folder, rows):
    """Writes rows by table; every table that was asked for has a header, even without rows."""
    os.makedirs(folder, exist_ok=True)
    for table, some in rows.items():
        temporary = os.path.join(folder, table + ".csv.part")
        with open(temporary, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS[table], lineterminator="\n")
            writer.writeheader()
            writer.writerows(some)
        os.replace(temporary, os.path.join(folder, table + ".csv"))


def parse_smi(text):
    """Fields of nvidia-smi's CSV without units: one dictionary a card; [N/A] is None."""
    cards = []
    for line in text.strip().splitlines():
        values = [value.strip() for value in line.split(",")]
        cards.append(
            {
                key: None if "N/A" in value or "Not Supported" in value else value
                for key, value in zip(SMI_FIELDS, values)
            }
        )
    return cards


SMI_FIELDS = [
    "name",
    "driver_version",
    "power.limit",
    "clocks.max.sm",
    "clocks.max.mem",
    "clocks.sm",
    "clocks.mem",
    "temperature.gpu",
    "ecc.mode.current",
    "persistence_mode",
]


# --- how it is measured -------------------------------------------------------------------------


class DryTimer:
    """Times without a device: a launch of 3 us and 1 TB/s. Rows say so in their framework."""

    card, version, kernel, limit, cache_bytes, devices = "dry-run", "none", "none", None, 1 << 25, 1

    def dtypes(self):
        return ["bfloat16", "float16", "fp8"]

    def measure(self, case, regime):
        return 3 + case.touched / 1e6, 0.0, None

    def meta(self):
        return {"card": "none", "note": "times are invented: 3 us + bytes / (1 TB/s)"}


class Power(threading.Thread):
    """Board watts, sampled while work runs; the mean of the second half."""

    def __init__(self, read):
        super().__init__(daemon=True)
        self.read, self.samples, self.stopped = read, [], threading.Event()

    def run(self):
        while not self.stopped.wait(0.05):
            value = self.read()
            if value is not None:
                self.samples.append(value)

    def mean(self):
        self.stopped.set()
        self.join()
        late = self.samples[len(self.samples) // 2 :]
        return statistics.fmean(late) if late else None


def smi(fields, index=None):
    which = [] if index is None else ["-i", str(index)]
    try:
        return subprocess.run(
            ["nvidia-smi", "--query-gpu=" + ",".join(fields), "--format=csv,noheader,nounits", *which],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


class CudaTimer:
    """Times calls in a CUDA graph that goes through the buffer sets in turn, with CUDA events."""

    def __init__(self):
        import torch

        self.torch = torch
        if not torch.cuda.is_available():
            raise SystemExit("measure.py: PyTorch sees no CUDA device; --dry-run needs none")
        self.devices = torch.cuda.device_count()
        properties = torch.cuda.get_device_properties(0)
        self.card = properties.name
        self.version = torch.__version__
        self.cache_bytes = getattr(properties, "L2_cache_size", 0) or 1 << 27
        self.smi = (parse_smi(smi(SMI_FIELDS, 0)) or [{}])[0]
        limit = self.smi.get("power.limit")
        self.limit = float(limit) if limit else None
        self.kernel = ""
        try:
            import pynvml

            pynvml.nvmlInit()
            handle = pynvml.nvmlDeviceGetHandleByIndex(0)
            self.watts = lambda: pynvml.nvmlDeviceGetPowerUsage(handle) / 1000
        except Exception:  # not installed, or not allowed: the slower way
            self.watts = self._smi_watts
        try:
            from flash_attn import flash_attn_func

            self.flash = flash_attn_func
        except Exception:
            self.flash = None

    @staticmethod
    def _smi_watts():
        text = smi(["power.draw"], 0).strip()
        return float(text) if text and "N/A" not in text else None

    def dtypes(self):
        fp8 = self.torch.cuda.get_device_capability(0) >= (8, 9)
        return ["bfloat16", "float16"] + (["fp8"] if fp8 else [])

    def meta(self):
        return {
            "card": self.card,
            "devices": self.devices,
            "nvidia_smi": self.smi,
            "torch": self.version,
            "cuda": self.torch.version.cuda,
            "cache_bytes": self.cache_bytes,
            "flash_attn": self.flash is not None,
            "power_from": "nvidia-smi" if self.watts == self._smi_watts else "NVML",
        }

    def measure(self, case, regime):
        """Microseconds of a call, spread, and watts (None for short runs)."""
        if case.table == "collectives":
            return all_reduce(case.what["bytes"], case.what["n_devices"])
        torch = self.torch
        sets = [self.call(case) for _ in range(copies(case.touched, self.cache_bytes, regime.cold))]
        calls = max(GRAPH_CALLS, len(sets))
        stream = torch.cuda.Stream()
        with torch.cuda.stream(stream):
            for one in sets[:3]:
                one()
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            for i in range(calls):
                sets[i % len(sets)]()
        graph.replay()
        torch.cuda.synchronize()
        time.sleep(PAUSE_SECONDS)
        power = Power(self.watts) if regime.sustained else None
        if power:
            power.start()
        times = []
        end = time.monotonic() + (SUSTAINED_SECONDS if regime.sustained else SHORT_SECONDS)
        while time.monotonic() < end or len(times) < 5:
            before, after = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            before.record()
            graph.replay()
            after.record()
            after.synchronize()
            times.append(before.elapsed_time(after) * 1000 / calls)
        watts = power.mean() if power else None
        late = times[len(times) // 2 :] if regime.sustained else times
        return (*summary(late), watts)

    def call(self, case):
        """A function that runs the case once on buffers of its own."""
        torch, what = self.torch, case.what
        kind = torch.float16 if what["dtype"] == "float16" else torch.bfloat16

        def new(*shape):
            return torch.randn(*shape, device="cuda", dtype=kind)

        if case.table == "gemm":
            return self.gemm(what, new)
        if case.table == "elementwise":
            return self.elementwise(what, new)
        return self.attention(case.table == "attention_decode", what, new)

    def gemm(self, what, new):
        torch = self.torch
        a, b = new(what["m"], what["k"]), new(what["n"], what["k"])
        if what["dtype"] != "fp8":
            out = new(what["m"], what["n"])
            self.kernel = "torch.mm"
            return lambda: torch.mm(a, b.t(), out=out)
        a8, b8 = a.to(torch.float8_e4m3fn), b.to(torch.float8_e4m3fn)
        one = torch.ones((), device="cuda")
        self.kernel = "torch._scaled_mm"
        return lambda: torch._scaled_mm(
            a8, b8.t(), scale_a=one, scale_b=one, out_dtype=torch.bfloat16, use_fast_accum=True
        )

    def attention(self, decode, what, new):
        functional = self.torch.nn.functional
        batch, heads, kv_heads = what["batch"], what["heads"], what["kv_heads"]
        queries = 1 if decode else what["seq"]
        context = what["ctx"] if decode else what["seq"]
        if self.flash:
            q = new(batch, queries, heads, what["head_dim"])
            k, v = (new(batch, context, kv_heads, what["head_dim"]) for _ in range(2))
            self.kernel = "flash_attn_func"
            return lambda: self.flash(q, k, v, causal=True)
        q = new(batch, heads, queries, what["head_dim"])
        k, v = (new(batch, kv_heads, context, what["head_dim"]) for _ in range(2))
        self.kernel = "torch.sdpa"
        return lambda: functional.scaled_dot_product_attention(
            q, k, v, is_causal=not decode, enable_gqa=heads != kv_heads
        )

    def elementwise(self, what, new):
        functional = self.torch.nn.functional
        x, y = (new(what["tokens"], what["width"]) for _ in range(2))
        out, weight = new(what["tokens"], what["width"]), new(what["width"])
        width = [what["width"]]
        self.kernel = "torch"
        return {
            "rmsnorm": lambda: functional.rms_norm(x, width, weight),
            "layernorm": lambda: functional.layer_norm(x, width, weight, weight),
            "add": lambda: self.torch.add(x, y, out=out),
            "silu_mul": lambda: functional.silu(x) * y,
            "gelu": lambda: functional.gelu(x),
            "copy": lambda: out.copy_(x),
        }[what["op"]]


def all_reduce(size, devices):
    """An all-reduce over the devices of this machine, a process each; the slowest one's times."""
    import torch.multiprocessing as processes

    context = processes.get_context("spawn")
    queue = context.Queue()
    workers = [
        context.Process(target=_reduce_worker, args=(rank, devices, size, queue))
        for rank in range(devices)
    ]
    for worker in workers:
        worker.start()
    times = [queue.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    return (*max((summary(some) for some in times), key=lambda pair: pair[0]), None)


def _reduce_worker(rank, devices, size, queue):
    import torch
    import torch.distributed as distributed

    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=os.environ.get("MASTER_PORT", "29533"))
    torch.cuda.set_device(rank)
    distributed.init_process_group("nccl", rank=rank, world_size=devices)
    data = torch.zeros(size // 2, dtype=torch.bfloat16, device="cuda")
    for _ in range(5):
        distributed.all_reduce(data)
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        for _ in range(GRAPH_CALLS):
            distributed.all_reduce(data)
    times = []
    for _ in range(20):
        distributed.barrier()
        before, after = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        before.record()
        graph.replay()
        after.record()
        after.synchronize()
        times.append(before.elapsed_time(after) * 1000 / GRAPH_CALLS)
    queue.put(times)
    distributed.destroy_process_group()


# --- the command --------------------------------------------------------------------------------


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    tables = sorted(COLUMNS)
    add("--out", required=True, metavar="DIR", help="folder for tables and meta.json")
    add("--device", help="device name for the tables (default: by the card)")
    add("--only", nargs="+", choices=tables, metavar="TABLE", help="of " + ", ".join(tables))
    add("--dtypes", nargs="+", choices=sorted(BYTES), help="default: all that the card has")
    add("--quick", action="store_true", help="a few rows of each table")
    add("--limit", type=int, metavar="N", help="at most N cases of each table")
    add("--warm", action="store_true", help="measure with a warm cache too")
    add("--sustained", action="store_true", help="measure sustained runs with power too")
    add("--dry-run", action="store_true", help="list the cases, invent times; needs no device")
    options = parser.parse_args(arguments)
    if options.limit is not None and options.limit < 1:
        parser.error("--limit: 1 or more")
    return options


def limited(cases, most):
    seen = {}
    for case in cases:
        seen[case.table] = seen.get(case.table, 0) + 1
        if most is None or seen[case.table] <= most:
            yield case


def measured(timer, case, regime):
    """The least noisy of a few tries."""
    best = None
    for _ in range(TRIES):
        result = timer.measure(case, regime)
        if best is None or result[1] < best[1]:
            best = result
        if best[1] <= NOISY:
            break
    return best


def main(arguments=None):
    options = parse(arguments)
    timer = DryTimer() if options.dry_run else CudaTimer()
    device = options.device or timer.card
    dtypes = [d for d in timer.dtypes() if not options.dtypes or d in options.dtypes]
    regimes = [Regime(True, False)]
    regimes += [Regime(False, False)] if options.warm else []
    regimes += [Regime(True, True)] if options.sustained else []
    cases = list(
        limited(all_cases(options.quick, dtypes, timer.devices, options.only), options.limit)
    )
    rows = {table: [] for table in (options.only or COLUMNS)}
    noisy, failed = [], []
    for number, case in enumerate(cases, 1):
        for regime in regimes:
            name = "dry-run" if options.dry_run else regime.name()
            print(f"[{number}/{len(cases)}] {regime.name()} {case.label()}", file=sys.stderr)
            try:
                micros, spread, watts = measured(timer, case, regime)
            except Exception as error:  # one case that a library refuses must not lose the others
                failed.append({"case": case.label(), "regime": name, "error": str(error)[:300]})
                continue
            if spread > NOISY:
                noisy.append({"case": case.label(), "regime": name, "spread": round(spread, 4)})
            fields = row(case, device, name, micros, watts, timer.limit, timer.version, timer.kernel)
            rows[case.table].append(fields)
    write_tables(options.out, rows)
    meta = {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "dry_run": options.dry_run,
        "device": device,
        "arguments": sys.argv[1:] if arguments is None else list(arguments),
        "method": {
            "timing": "CUDA graph of calls over buffer sets in turn, CUDA events, median of replays",
            "cold": "buffer sets of three times the cache together",
            "warm": "one buffer set",
            "short_seconds": SHORT_SECONDS,
            "sustained_seconds": SUSTAINED_SECONDS,
            "power": "mean board watts of the second half of a sustained run",
            "noisy_above": NOISY,
            "tries": TRIES,
        },
        "rows": {table: len(some) for table, some in rows.items()},
        "noisy": noisy,
        "failed": failed,
        **timer.meta(),
    }
    with open(os.path.join(options.out, "meta.json"), "w", encoding="utf-8") as file:
        json.dump(meta, file, indent=2)
        file.write("\n")
    print(f"{sum(map(len, rows.values()))} rows, {len(failed)} refused: {options.out}", file=sys.stderr)
    return 1 if cases and len(failed) == len(cases) * len(regimes) else 0


if __name__ == "__main__":
    sys.exit(main())
