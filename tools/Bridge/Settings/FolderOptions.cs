using System.ComponentModel.DataAnnotations;

namespace Scoring.Bridge.Settings;

/// <summary>A folder of files with events.</summary>
internal sealed class FolderOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Folder";

    /// <summary>The folder. Files go to <c>done/</c> and <c>dead/</c> in it; required with this origin.</summary>
    public string Path { get; set; } = "";

    /// <summary>How often the folder is looked at, in seconds.</summary>
    [Range(0.1, 3600)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>After how many days a file in <c>done/</c> is deleted; 0 deletes it at once.</summary>
    [Range(0, 90)]
    public int DoneDays { get; set; } = 7;
}
