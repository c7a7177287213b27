using System.ComponentModel.DataAnnotations;

namespace Scoring.Client;

/// <summary>Settings of a <see cref="ScoringClient"/>. They are checked when the client is made.</summary>
public sealed class ScoringClientOptions
{
    private const string LongestWait = "01:00:00";

    /// <summary>A range of times converts its text once, when it is first used, and not safely from two threads.</summary>
    private static readonly Lock OneCheck = new();

    /// <summary>The base addresses of the gateways, at least one. Requests take turns over them.</summary>
    [Required, MinLength(1)]
    public IList<Uri> Addresses { get; set; } = [];

    /// <summary>
    /// Returns the access token of the caller for a request; <see langword="null"/> for public operations. It is called before every
    /// request, so it should keep a token until shortly before its end.
    /// </summary>
    [Required]
    public Func<CancellationToken, ValueTask<string?>> AccessToken { get; set; } = _ => default;

    /// <summary>How often a request is sent at most, 1 to 100. After that a busy answer or a broken connection is final.</summary>
    [Range(1, 100)]
    public int AttemptsMax { get; set; } = 5;

    /// <summary>
    /// The longest wait for the headers of one attempt's answer, and for its body unless it is a stream: 100 ms to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", LongestWait)]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the first repetition when the answer asks for none, 0 to 1 hour. Each further one waits longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait before a repetition when the answer asks for none, 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait)]
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait before a repetition, even when <c>Retry-After</c> is longer: 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait)]
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether every request may be repeated when it is not certain that it was carried out. Without it, requests such as an enrolment are
    /// repeated only when the platform has surely not carried them out, because a second one may act a second time.
    /// </summary>
    public bool RepeatsEveryRequest { get; set; }

    /// <summary>
    /// The longest silence of live notices before they are read over a new connection, 100 ms to 1 hour. It must be longer than the
    /// platform's heartbeat, which is 15 s by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", LongestWait)]
    public TimeSpan NoticeSilenceMax { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Checks all settings.</summary>
    /// <exception cref="ValidationException">A setting is missing or outside its range.</exception>
    internal void Validate()
    {
        lock (OneCheck) Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (Addresses.FirstOrDefault(address => !address.IsAbsoluteUri || address.Scheme is not ("http" or "https")) is { } wrong)
            throw new ValidationException($"{wrong} is not an absolute http or https address.");
    }
}
