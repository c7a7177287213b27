using System.Text.Json.Nodes;

namespace Scoring.Verify.Reports;

/// <summary>The sentences of reports in one language. English is what the code says; other languages are files in this folder.</summary>
public sealed class SentenceWords
{
    private readonly Dictionary<string, string> _sentences = new(StringComparer.Ordinal);

    private SentenceWords(string tag)
    {
        Tag = tag;
        if (tag == "en") return;
        using var file = typeof(SentenceWords).Assembly.GetManifestResourceStream($"{tag}.json")
            ?? throw new ArgumentException(tag, nameof(tag));
        foreach (var (english, words) in JsonNode.Parse(file)!.AsObject()) _sentences[english] = (string)words!;
    }

    /// <summary>English.</summary>
    public static SentenceWords English { get; } = new("en");

    /// <summary>The tags of all languages.</summary>
    public static IReadOnlyList<string> Tags { get; } = ["en", "zh-Hans"];

    /// <summary>The language's tag.</summary>
    public string Tag { get; }

    /// <summary>The English sentences that the language has.</summary>
    public IReadOnlyDictionary<string, string> Sentences => _sentences;

    /// <summary>Returns the sentences of a language; English for an unknown tag.</summary>
    public static SentenceWords Of(string? tag) => tag != "en" && Tags.Contains(tag) ? new SentenceWords(tag!) : English;

    /// <summary>Returns a sentence with its places; <see langword="null"/> when the language lacks it.</summary>
    public string? Find(string english) => _sentences.GetValueOrDefault(english);
}
