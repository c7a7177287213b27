using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Migrations;

/// <summary>One numbered step of the schema. Its text never changes after its release.</summary>
/// <param name="Number">The number, from 1 without a gap.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Text">The text of its statements.</param>
public sealed record Migration(int Number, string Name, string Text)
{
    private const string Prefix = "Scoring.Migrations.";

    /// <summary>SHA-256 of the text with line ends as LF.</summary>
    public byte[] Checksum => SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n")));

    /// <summary>The migrations of this build, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } =
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Migration(
                int.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture), name[Prefix.Length..], Read(name))),
    ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
