import java.util.Locale;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** A line for each interval of a histogram log: tag, begin and end in ms, packets, maximum, p50, p99, p99.9 and p100, then each bin that is not empty. */
class Reader {
    public static void main(String[] arguments) throws Exception {
        var log = new HistogramLogReader(arguments[0]);
        for (var next = log.nextIntervalHistogram(); next != null; next = log.nextIntervalHistogram()) {
            var interval = (Histogram) next;
            var bins = new StringJoiner(" ");
            for (var bin : interval.recordedValues())
                bins.add(interval.highestEquivalentValue(bin.getValueIteratedTo()) + "x" + bin.getCountAtValueIteratedTo());
            System.out.printf(
                Locale.ROOT, "%s %d %d %d %d %d %d %d %d: %s%n", interval.getTag() == null ? "-" : interval.getTag(),
                interval.getStartTimeStamp(), interval.getEndTimeStamp(), interval.getTotalCount(), interval.getMaxValue(),
                interval.getValueAtPercentile(50), interval.getValueAtPercentile(99), interval.getValueAtPercentile(99.9), interval.getValueAtPercentile(100), bins);
        }
    }
}
