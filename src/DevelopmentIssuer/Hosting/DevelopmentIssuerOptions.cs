using System.ComponentModel.DataAnnotations;

namespace Scoring.Hosting;

/// <summary>Options of the development issuer, in the configuration section <c>DevelopmentIssuer</c>.</summary>
public sealed class DevelopmentIssuerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "DevelopmentIssuer";

    /// <summary>
    /// Port on the loopback address. It is part of the issuer's name in every token. Default 5082; 0 to 65535, where 0 is any free port.
    /// </summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5082;

    /// <summary>Where the portal runs: scheme, host and port. Default <c>http://127.0.0.1:5081</c>.</summary>
    [Required]
    public string Portal { get; set; } = "http://127.0.0.1:5081";

    /// <summary>How long an access token is valid, in minutes. Default 10; 1 to 1440.</summary>
    [Range(1, 1440)]
    public int AccessTokenMinutes { get; set; } = 10;

    /// <summary>How long a refresh token is valid, in hours. Default 12; 1 to 720.</summary>
    [Range(1, 720)]
    public int RefreshTokenHours { get; set; } = 12;

    /// <summary>After how many hours a person must sign in again. Default 8; 1 to 720.</summary>
    [Range(1, 720)]
    public int SessionHours { get; set; } = 8;

    /// <summary>The most bytes of a form. Default 65536; 4096 to 1048576.</summary>
    [Range(4096, 1048576)]
    public int FormBytesMax { get; set; } = 65536;
}
