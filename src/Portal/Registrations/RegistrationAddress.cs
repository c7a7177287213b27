using System.Buffers.Text;
using System.Text;
using Scoring.Client;

namespace Scoring.Registrations;

/// <summary>The addresses of the pages about registrations. A source's name is a URI, so its address has it as base64url.</summary>
internal static class RegistrationAddress
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the address of the list of a kind.</summary>
    public static string Of(RegistrationKind kind) => $"/admin/{Words.Of(kind)}s";

    /// <summary>Returns the address of a registration's page.</summary>
    public static string Of(RegistrationKind kind, string name) => $"{Of(kind)}/" + (kind == RegistrationKind.Source
        ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name))
        : Uri.EscapeDataString(name));

    /// <summary>Returns the address of the form that changes a registration.</summary>
    public static string OfChange(RegistrationKind kind, string name) => $"{Of(kind)}/new?of={Uri.EscapeDataString(name)}";

    /// <summary>Returns the name that a segment of an address stands for; <see langword="null"/> when it stands for none.</summary>
    public static string? NameOf(RegistrationKind kind, string segment)
    {
        if (kind != RegistrationKind.Source) return segment;
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(segment));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
