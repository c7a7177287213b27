using System.Diagnostics.CodeAnalysis;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Names one registration: <c>{kind}/{id}</c>. The id may contain slashes.</summary>
/// <param name="Kind">The kind of registration.</param>
/// <param name="Id">The name of an event type, or the id of a source or a service, 1 to 255 characters without control characters.</param>
internal readonly record struct RegistrationKey(RegistrationKind Kind, string Id)
{
    private const int IdCharsMax = 255;

    /// <inheritdoc/>
    public override string ToString() => StoppedState.KeyOf(Kind, Id);

    /// <summary>Parses <c>{kind}/{id}</c>; <see langword="false"/> when the text has another form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RegistrationKey key)
    {
        key = default;
        foreach (var kind in Enum.GetValues<RegistrationKind>())
        {
            var prefix = StoppedState.KeyOf(kind, "");
            if (text?.StartsWith(prefix, StringComparison.Ordinal) is not true) continue;
            key = new RegistrationKey(kind, text[prefix.Length..]);
            return key.Id.Length is > 0 and <= IdCharsMax && !key.Id.Any(char.IsControl);
        }
        return false;
    }

    /// <summary>
    /// The registered document in canonical JSON, also of a suspended or ended registration; <see langword="null"/> when there is none.
    /// </summary>
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
