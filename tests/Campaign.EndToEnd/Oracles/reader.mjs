// A line for each interval of a histogram log: tag, begin and end in ms, packets, maximum, p50, p99, p99.9 and p100, then each bin that is not empty.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , library, file] = process.argv;
const { HistogramLogReader } = createRequire(library)("hdr-histogram-js");

// 64: counts as doubles. The 32 bits that it takes unless told otherwise overflow.
const log = new HistogramLogReader(readFileSync(file, "utf8"), 64);
for (let interval = log.nextIntervalHistogram(); interval; interval = log.nextIntervalHistogram()) {
  const bins = [];
  for (let index = 0; index < interval.countsArrayLength; index++) {
    const count = interval.getCountAtIndex(index);
    if (count > 0) bins.push(`${interval.highestEquivalentValue(interval.valueFromIndex(index))}x${count}`);
  }
  const times = [interval.startTimeStampMsec, interval.endTimeStampMsec].map(Math.round);
  const percentiles = [50, 99, 99.9, 100].map(p => interval.getValueAtPercentile(p));
  console.log([interval.tag === "NO TAG" ? "-" : interval.tag, ...times, interval.totalCount, interval.maxValue, ...percentiles].join(" ") + ": " + bins.join(" "));
}
