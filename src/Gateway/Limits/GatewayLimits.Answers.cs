using System.ComponentModel.DataAnnotations;

namespace Scoring.Limits;

/// <content>When answers leave, and how old the catalogue may be that decides them.</content>
public sealed partial class GatewayLimits
{
    /// <summary>The period on which answers to sources leave, in milliseconds.</summary>
    [Range(1, 1000)]
    public int EventsTickMs { get; set; } = 25;

    /// <summary>
    /// The time from the arrival of any number of events to their answer's release, in milliseconds. The time of the events is added.
    /// </summary>
    [Range(0, 1000)]
    public int EventsReleaseMs { get; set; } = 20;

    /// <summary>
    /// The time that each event of a batch adds to its answer's release, in microseconds. It must be above what an event about an enrolled
    /// subject takes. Measured: 30 to 40.
    /// </summary>
    [Range(0, 10_000)]
    public int EventsReleaseMicrosecondsPerEvent { get; set; } = 60;

    /// <summary>
    /// The maximum time from the arrival of events to the planned release of their answer, in milliseconds. Load makes the plan longer, up
    /// to this. An answer that is not ready by then leaves later.
    /// </summary>
    [Range(1, 60_000)]
    public int EventsReleaseMsMax { get; set; } = 5000;

    /// <summary>The period on which answers to services leave, in milliseconds.</summary>
    [Range(1, 1000)]
    public int ScoresTickMs { get; set; } = 50;

    /// <summary>The period at which the catalogue is read again, in seconds.</summary>
    [Range(1, 600)]
    public int CatalogueSeconds { get; set; } = 30;

    /// <summary>
    /// The minimum time between two reads of the catalogue because of an unknown name, in seconds. A request with such a name waits for the
    /// read.
    /// </summary>
    [Range(0.05, 10)]
    public double CatalogueMissSeconds { get; set; } = 0.25;

    /// <summary>The maximum duration of a read of the catalogue, in seconds. It is then retried.</summary>
    [Range(1, 60)]
    public int CatalogueReadSecondsMax { get; set; } = 5;

    /// <summary>The maximum age of the catalogue, in seconds. With an older one the gateway is not ready.</summary>
    [Range(1, 3600)]
    public int CatalogueAgeSecondsMax { get; set; } = 120;
}
