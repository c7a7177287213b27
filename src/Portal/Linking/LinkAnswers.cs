using Scoring.Keys;

namespace Scoring.Linking;

/// <summary>What a source has sent back: exactly one of a proof and an error.</summary>
/// <param name="State">The state of the visit that it answers.</param>
/// <param name="Proof">The handle proof.</param>
/// <param name="Error">Why there is none.</param>
internal sealed record LinkAnswer(string State, string? Proof, string? Error);

/// <summary>
/// Keeps a source's answer between two requests. The source's page sends it from another site, without the session's cookie, so the
/// portal keeps it and has the browser fetch the next page, which comes with the cookie. Handle and proof are in no address.
/// </summary>
internal sealed class LinkAnswers : IDisposable
{
    private const int AnswersMax = 10_000;

    private readonly OneTimeStore<LinkAnswer> _answers = new(AnswersMax, TimeSpan.FromMinutes(2));

    /// <summary>Keeps an answer, and returns the random key to it; <see langword="null"/> when there are too many.</summary>
    public string? Keep(LinkAnswer answer) => _answers.Keep(answer);

    /// <summary>Takes an answer, once.</summary>
    public LinkAnswer? Take(string key) => _answers.Take(key);

    /// <inheritdoc/>
    public void Dispose() => _answers.Dispose();
}
