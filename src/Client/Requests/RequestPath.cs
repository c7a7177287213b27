using System.Globalization;
using System.Text;

namespace Scoring.Client;

/// <summary>Writes paths and queries of requests; every value is escaped.</summary>
internal static class RequestPath
{
    /// <summary>Returns a value as one segment of a path.</summary>
    public static string Segment(string value) => Uri.EscapeDataString(value);

    /// <summary>Returns a path with the parameters that have a value.</summary>
    public static string Query(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is not { Length: > 0 } written) continue;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(written));
            separator = '&';
        }
        return text.ToString();
    }
}
