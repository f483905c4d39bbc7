"""Tests of measure.py that need neither PyTorch nor a device: python3 -m unittest."""

import contextlib
import csv
import io
import json
import os
import tempfile
import unittest

import measure


class CasesTest(unittest.TestCase):
    def test_each_case_is_named_once_and_fills_the_columns_of_its_table(self):
        for quick in (False, True):
            cases = measure.all_cases(quick, ["bfloat16", "float16", "fp8"], 8)
            self.assertEqual(len(cases), len({case.label() for case in cases}))
            self.assertEqual({case.table for case in cases}, set(measure.COLUMNS))
            for case in cases:
                row = measure.row(case, "d", "f", 1.5, None, None, "v", "k")
                self.assertEqual(list(row), measure.COLUMNS[case.table])
                self.assertGreater(case.touched, 0)

    def test_touched_bytes_are_operands_and_result(self):
        case = measure.gemm_cases(True, ["bfloat16"])[1]
        self.assertEqual((case.what["m"], case.what["n"], case.what["k"]), (64, 6144, 4096))
        self.assertEqual(case.touched, 2 * (64 * 4096 + 6144 * 4096 + 64 * 6144))

    def test_one_device_has_no_collectives(self):
        self.assertEqual(measure.collective_cases(False, 1), [])

    def test_buffer_sets_leave_the_cache_before_their_turn(self):
        cache = 50 << 20
        for touched in (1000, 1 << 20, 30 << 20, 1 << 30):
            sets = measure.copies(touched, cache, True)
            self.assertTrue(sets == measure.MOST_COPIES or (sets - 1) * touched >= 2 * cache)
        self.assertEqual(measure.copies(1000, cache, False), 1)


class StatisticsTest(unittest.TestCase):
    def test_percentiles_are_values_that_occurred(self):
        self.assertEqual(measure.percentile([4, 1, 3, 2], 50), 2)
        self.assertEqual(measure.percentile([4, 1, 3, 2], 90), 4)
        self.assertEqual(measure.percentile([7], 10), 7)

    def test_spread_is_relative_to_the_median(self):
        self.assertEqual(measure.summary([10, 10, 10]), (10, 0))
        self.assertEqual(measure.summary([8, 10, 12]), (10, 0.4))

    def test_the_least_noisy_try_counts(self):
        class Timer:
            tries = [(9, 0.3, None), (10, 0.01, None), (11, 0.0, None)]

            def measure(self, case, regime):
                return self.tries.pop(0)

        timer = Timer()
        self.assertEqual(measure.measured(timer, None, None), (10, 0.01, None))
        self.assertEqual(len(timer.tries), 1)


class NamesTest(unittest.TestCase):
    def test_regimes_are_frameworks(self):
        self.assertEqual(measure.Regime(True, False).name(), "microbench-cold")
        self.assertEqual(measure.Regime(False, False).name(), "microbench-warm")
        self.assertEqual(measure.Regime(True, True).name(), "microbench-cold-sustained")

    def test_smi_fields_that_are_not_there_are_none(self):
        text = "NVIDIA H100, 570.1, 700.00, 1980, 2619, 345, 2619, 31, Enabled, [N/A]\n"
        card = measure.parse_smi(text)[0]
        self.assertEqual(card["power.limit"], "700.00")
        self.assertIsNone(card["persistence_mode"])


class DryRunTest(unittest.TestCase):
    def dry(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            with contextlib.redirect_stderr(io.StringIO()) as said:
                code = measure.main(["--dry-run", "--out", folder, *arguments])
            files = {}
            for name in os.listdir(folder):
                with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
                    files[name] = json.load(file) if name == "meta.json" else list(csv.DictReader(file))
        return code, said.getvalue(), files

    def test_writes_every_table_and_says_that_times_are_invented(self):
        code, said, files = self.dry("--quick")
        self.assertEqual(code, 0)
        self.assertEqual(set(files), {table + ".csv" for table in measure.COLUMNS} | {"meta.json"})
        self.assertTrue(files["meta.json"]["dry_run"])
        self.assertEqual(files["collectives.csv"], [])
        for row in files["gemm.csv"]:
            self.assertEqual(row["framework"], "dry-run")
            self.assertGreater(float(row["latency_us"]), 0)
        self.assertIn("microbench-cold gemm dtype=bfloat16 m=1", said)

    def test_takes_only_what_is_asked_for(self):
        code, _, files = self.dry("--only", "gemm", "--dtypes", "fp8", "--limit", "2", "--warm")
        self.assertEqual(set(files), {"gemm.csv", "meta.json"})
        self.assertEqual([row["dtype"] for row in files["gemm.csv"]], ["fp8"] * 4)

    def test_refuses_a_limit_of_nothing(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
            measure.parse(["--out", "x", "--limit", "0"])


if __name__ == "__main__":
    unittest.main()
