using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Scoring.Administration;

/// <summary>
/// Identifies a registration. An address contains the name of an event type or a service as it is. A source's name is a URI; an address
/// contains the base64url of its UTF-8, because some proxies change a slash inside a segment.
/// </summary>
/// <param name="Kind">What is registered.</param>
/// <param name="Name">The name of the event type or service, or the source's URI.</param>
internal sealed partial record RegistrationId(RegistrationKind Kind, string Name)
{
    private const int SourceCharsMax = 255;
    private const int SegmentCharsMax = 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The key of the registration's grain.</summary>
    public string Key => Kind switch
    {
        RegistrationKind.EventType => "event-type/",
        RegistrationKind.Source => "source/",
        _ => "service/",
    } + Name;

    /// <summary>The registration's address.</summary>
    public string Address => $"/v1/admin/{Plural(Kind)}/"
        + (Kind == RegistrationKind.Source ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Name)) : Name);

    /// <summary>The segment of a kind in addresses.</summary>
    public static string Plural(RegistrationKind kind) => kind switch
    {
        RegistrationKind.EventType => "event-types",
        RegistrationKind.Source => "sources",
        _ => "services",
    };

    /// <summary>The member of a kind's documents that contains the name.</summary>
    public static string Member(RegistrationKind kind) => kind == RegistrationKind.EventType ? "name" : "id";

    /// <summary>Reads a name; <see langword="null"/> when it does not have the form of the kind's names.</summary>
    public static RegistrationId? Of(RegistrationKind kind, string? name)
    {
        var isValid = name is not null && kind switch
        {
            RegistrationKind.EventType => EventType().IsMatch(name),
            RegistrationKind.Source => IsSource(name),
            _ => Service().IsMatch(name),
        };
        return isValid ? new RegistrationId(kind, name!) : null;
    }

    /// <summary>Reads a segment of an address; <see langword="null"/> when it cannot name a registration.</summary>
    public static RegistrationId? OfSegment(RegistrationKind kind, string segment)
    {
        if (kind != RegistrationKind.Source) return Of(kind, segment);
        if (segment.Length > SegmentCharsMax || !segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return null;
        try
        {
            return Of(kind, Strict.GetString(Base64Url.DecodeFromChars(segment)));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSource(string name) =>
        name.Length is > 0 and <= SourceCharsMax && !name.Any(char.IsControl)
        && Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.IsWellFormedOriginalString();

    [GeneratedRegex(@"\A(payment|traffic|surveillance)\.[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EventType();

    [GeneratedRegex(@"\A[a-z0-9-]{2,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Service();
}
