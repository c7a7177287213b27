using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Which registration: <c>{kind}/{id}</c>, where an id may have slashes of its own.</summary>
/// <param name="Kind">What is registered.</param>
/// <param name="Id">Its name, 1 to 255 characters.</param>
public readonly record struct RegistrationKey(RegistrationKind Kind, string Id)
{
    private const int IdCharsMax = 255;

    /// <summary>The word of a kind.</summary>
    public static string Word(RegistrationKind kind) => kind switch
    {
        RegistrationKind.EventType => "event-type",
        RegistrationKind.Source => "source",
        RegistrationKind.Service => "service",
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Word(Kind)}/{Id}";

    /// <summary>Reads a key; <see langword="false"/> when it is not of the form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RegistrationKey key)
    {
        key = default;
        if (text?.IndexOf('/') is not { } end || end < 0) return false;
        var (word, id) = (text[..end], text[(end + 1)..]);
        if (id.Length is 0 or > IdCharsMax || id.Any(char.IsControl)) return false;
        foreach (var kind in Enum.GetValues<RegistrationKind>())
        {
            if (Word(kind) != word) continue;
            key = new RegistrationKey(kind, id);
            return true;
        }
        return false;
    }

    /// <summary>The registered document in canonical JSON, stopped or not; <see langword="null"/> when there is none.</summary>
    public byte[]? Document(DocumentSet documents)
    {
        var id = Id;
        return Kind switch
        {
            RegistrationKind.EventType =>
                documents.EventTypes.FirstOrDefault(type => type.Name == id) is { } type ? EventTypeDocument.Write(type) : null,
            RegistrationKind.Source =>
                documents.Sources.FirstOrDefault(source => source.Id == id) is { } source ? RegistrationDocument.Write(source) : null,
            _ => documents.Services.FirstOrDefault(service => service.Id == id) is { } service ? RegistrationDocument.Write(service) : null,
        };
    }
}
