using System.ComponentModel.DataAnnotations;
using System.Net;
using Scoring.Settings;

namespace Scoring.Hosting;

/// <summary>Options of the portal, in the configuration section <c>Portal</c>. They are checked at start.</summary>
public sealed class PortalOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Portal";

    /// <summary>The base addresses of the gateways, at least one.</summary>
    [Required, MinLength(1, ErrorMessage = "Portal:Api needs the address of at least one gateway.")]
    public IList<Uri> Api { get; set; } = [];

    /// <summary>The IP address on which the portal listens. Default <c>127.0.0.1</c>, which only this machine reaches.</summary>
    [Required, CustomValidation(typeof(PortalOptions), nameof(IsAddress))]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port of the portal. Default 5081; 0 to 65535, where 0 is any free port.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5081;

    /// <summary>
    /// Scheme, host and port that browsers use, when a proxy with TLS stands in front, for example <c>https://scoring.city.example</c>.
    /// The portal then answers no other host. By default it is the address on which the portal listens.
    /// </summary>
    public Uri? Origin { get; set; }

    /// <summary>
    /// The API's address for programs outside, which the pages for developers name. By default they name a made-up address.
    /// </summary>
    public Uri? PublicApi { get; set; }

    /// <summary>A style sheet of design tokens, which replaces the colours, fonts and widths of the shipped one. None by default.</summary>
    public string? Theme { get; set; }

    /// <summary>The name in the header of every page, 1 to 60 characters. Default <c>Scoring</c>.</summary>
    [Required, StringLength(60, MinimumLength = 1)]
    public string Name { get; set; } = "Scoring";

    /// <summary>The language in which the city writes its programmes, a tag of BCP 47. Default <c>en</c>.</summary>
    [Required, RegularExpression("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")]
    public string DocumentLanguage { get; set; } = "en";

    /// <summary>How long a session lasts without a request, in minutes. Default 30; 1 to 1440.</summary>
    [Range(1, 1440)]
    public int SessionIdleMinutes { get; set; } = 30;

    /// <summary>
    /// How many sessions the process keeps at most. Past it no person can sign in until one ends. Default 100000; 1 to 10000000.
    /// </summary>
    [Range(1, 10000000)]
    public int SessionsMax { get; set; } = 100000;

    /// <summary>The most bytes of a form. Default 65536; 4096 to 1048576.</summary>
    [Range(4096, 1048576)]
    public int FormBytesMax { get; set; } = 65536;

    /// <summary>The most bytes of a form with a whole draft of a programme. Default 524288; 65536 to 4194304.</summary>
    [Range(65536, 4194304)]
    public int DraftFormBytesMax { get; set; } = 524288;

    /// <summary>
    /// How many forms of ended sessions the process keeps at most until their people sign in again. Default 1000; 0 to 100000.
    /// </summary>
    [Range(0, 100000)]
    public int KeptFormsMax { get; set; } = 1000;

    /// <summary>For how many minutes a form of an ended session is kept. Default 15; 1 to 240.</summary>
    [Range(1, 240)]
    public int KeptFormMinutes { get; set; } = 15;

    /// <summary>For how many minutes a person may stay on the linking page of a source. Default 30; 1 to 240.</summary>
    [Range(1, 240)]
    public int LinkMinutes { get; set; } = 30;

    /// <summary>For how many seconds a programme's document is kept. Default 5; 0 to 300.</summary>
    [Range(0, 300)]
    public int ProgrammeSeconds { get; set; } = 5;

    /// <summary>The longest wait for an answer of the platform, in seconds. Default 20; 1 to 300.</summary>
    [Range(1, 300)]
    public int ApiSecondsMax { get; set; } = 20;

    /// <summary>How many pages the process keeps up to date at once. Past it a page stays as it is. Default 1000; 0 to 100000.</summary>
    [Range(0, 100000)]
    public int LiveStreamsMax { get; set; } = 1000;

    /// <summary>The longest silence of a stream that keeps a page up to date, in seconds. Default 15; 1 to 60.</summary>
    [Range(1, 60)]
    public int LiveHeartbeatSeconds { get; set; } = 15;

    /// <summary>
    /// How many minutes after a checkpoint the next one is expected: <c>Checkpoints:IntervalSeconds</c> of the platform. After twice that
    /// time the auditors' pages show an alarm. Default 60; 1 to 1440.
    /// </summary>
    [Range(1, 1440)]
    public int CheckpointMinutes { get; set; } = 60;

    /// <summary>How people sign in. Without an authority the portal shows public pages only.</summary>
    [Required]
    public SignInOptions SignIn { get; set; } = new();

    /// <summary>The IP address on which the portal listens.</summary>
    internal IPAddress Listen => IPAddress.Parse(Address);

    /// <summary>Tells whether a text is an IP address.</summary>
    public static ValidationResult? IsAddress(string text) => IPAddress.TryParse(text, out _)
        ? ValidationResult.Success
        : new ValidationResult("Portal:Address must be an IP address, for example 127.0.0.1 or 0.0.0.0.");

    /// <summary>Returns every fault of the settings, one a line.</summary>
    public IReadOnlyList<string> FindFaults()
    {
        List<string> texts = [.. SettingsSection.FindFaults(Section, this), .. SettingsSection.FindFaults(SignInOptions.Section, SignIn)];
        if (Api.Any(address => !IsWeb(address))) texts.Add("Portal:Api must hold absolute http or https addresses.");
        if (Origin is not null && (!IsWeb(Origin) || Origin is not { PathAndQuery: "/", Fragment: "", UserInfo: "" }))
            texts.Add("Portal:Origin must be scheme, host and port.");
        if (PublicApi is not null && !IsWeb(PublicApi)) texts.Add("Portal:PublicApi must be an absolute http or https address.");
        if (Theme is not null && !File.Exists(Theme)) texts.Add("Portal:Theme names a file that does not exist.");
        if (SignIn.Authority is not null && (!IsWeb(SignIn.Authority) || SignIn.ClientId.Length == 0))
            texts.Add("Portal:SignIn needs an absolute Authority and a ClientId.");
        if (SignIn is { RequireHttps: true, Authority: { IsAbsoluteUri: true, Scheme: "http" } })
            texts.Add("Portal:SignIn:Authority must be https unless Portal:SignIn:RequireHttps is false.");
        return texts;
    }

    private static bool IsWeb(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
