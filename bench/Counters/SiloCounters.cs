using System.Diagnostics.Metrics;
using System.IO.MemoryMappedFiles;

namespace Scoring.Counters;

/// <summary>Counters of a silo in another process, through a file that both map into their memory.</summary>
/// <param name="Appended">Entries that the silo's lanes have written.</param>
/// <param name="Forwarded">Rows that the silo gave to the owners of their partitions.</param>
/// <param name="FallenBack">Rows that the silo wrote because the owner of their partition did not answer.</param>
public readonly record struct SiloCounters(long Appended, long Forwarded, long FallenBack)
{
    /// <summary>The environment variable with the file's path.</summary>
    public const string Variable = "SCORING_BENCH_COUNTERS";

    private const string Meter = "Scoring";

    private static readonly string[] Names = ["scoring.ledger.appended", "scoring.ledger.routed", "scoring.ledger.fallen_back"];

    private static MeterListener? _listener;

    /// <summary>The sum of two silos.</summary>
    public static SiloCounters operator +(SiloCounters one, SiloCounters other) =>
        new(one.Appended + other.Appended, one.Forwarded + other.Forwarded, one.FallenBack + other.FallenBack);

    /// <summary>What was counted between two moments.</summary>
    public static SiloCounters operator -(SiloCounters later, SiloCounters before) =>
        new(later.Appended - before.Appended, later.Forwarded - before.Forwarded, later.FallenBack - before.FallenBack);

    /// <summary>Counts in this process, as long as it runs.</summary>
    public static void Record(string file)
    {
        var size = Names.Length * sizeof(long);
        var counts = MemoryMappedFile.CreateFromFile(file, FileMode.Create, null, size).CreateViewAccessor();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                var index = Array.IndexOf(Names, instrument.Name);
                if (instrument.Meter.Name == Meter && index >= 0) listener.EnableMeasurementEvents(instrument, index * sizeof(long));
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, at) =>
        {
            lock (counts) counts.Write((int)at!, counts.ReadInt64((int)at!) + measurement);
        });
        _listener.Start();
    }

    /// <summary>Reads what another process has counted so far.</summary>
    public static SiloCounters Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return new SiloCounters(
            BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, sizeof(long)), BitConverter.ToInt64(bytes, 2 * sizeof(long)));
    }
}
