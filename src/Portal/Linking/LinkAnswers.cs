using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;

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
    private const int KeyBytes = 24;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = AnswersMax });

    /// <summary>Keeps an answer, and returns the random key to it; <see langword="null"/> when there are too many.</summary>
    public string? Keep(LinkAnswer answer)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        _answers.Set(key, answer, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
        return _answers.TryGetValue(key, out _) ? key : null;
    }

    /// <summary>Takes an answer, once.</summary>
    public LinkAnswer? Take(string key)
    {
        var answer = _answers.Get<LinkAnswer>(key);
        _answers.Remove(key);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _answers.Dispose();
}
