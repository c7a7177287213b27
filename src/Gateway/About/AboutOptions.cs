using System.ComponentModel.DataAnnotations;

namespace Scoring.About;

/// <summary>What the API says about its surroundings, in the configuration section <c>Gateway:About</c>.</summary>
public sealed class AboutOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:About";

    /// <summary>The address of the portal, an absolute URI. Empty by default: there is none.</summary>
    [MaxLength(500), RegularExpression("https?://.+", ErrorMessage = "Gateway:About:Portal must be an absolute http or https URI.")]
    public string Portal { get; set; } = "";
}
