using System.ComponentModel.DataAnnotations;

namespace Scoring.Settings;

/// <summary>Options for the tests.</summary>
public sealed class SampleOptions
{
    public const string Section = "Sample";

    [Range(1, 10)]
    public int Count { get; set; } = 3;

    public bool IsOn { get; set; }

    public TimeSpan Pause { get; set; }

    public DayOfWeek Day { get; set; }

    public DateTimeOffset? Until { get; set; }

    public IList<int> Numbers { get; } = [];

    public IDictionary<string, string> Names { get; } = new Dictionary<string, string>();

    [Required, Secret]
    public string Password { get; set; } = "";

    [NamesPath]
    public string Folder { get; set; } = "";
}
