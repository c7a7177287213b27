using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Scoring.City.Rows;

/// <summary>Reads a data file and recognises its form by the header.</summary>
public static class RowReader
{
    /// <summary>The most rows of a file that are read.</summary>
    public const int RowsMax = 5_000_000;

    private const int HeaderCharsShown = 200;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CityException">It cannot be read, or is of no known form.</exception>
    public static RowFile Read(string path, RowOptions options)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(text, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CityException($"Cannot read {path}: {exception.Message}");
        }
        catch (Exception exception) when (exception is CsvHelperException or FormatException)
        {
            throw new CityException($"{path} is broken: {exception.Message}");
        }
    }

    /// <summary>Reads a text.</summary>
    public static RowFile Read(TextReader text, RowOptions options)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader()) throw new CityException("The file is empty.");
        var header = csv.HeaderRecord!;
        return header switch
        {
            _ when Has(header, "Card", "Amount", "Use Chip", "Errors?") => TabFormerReader.Read(csv),
            _ when Has(header, "issue_date", "violation_time", "violation_code") => NycTrafficReader.Read(csv, options),
            _ when Has(header, "premises", "inspection_type", "result") => ChicagoInspectionReader.Read(csv),
            _ => throw new CityException($"No known form has the columns {Shown(header)}."),
        };
    }

    private static string Shown(string[] header) =>
        string.Join(", ", header) is var all && all.Length > HeaderCharsShown ? all[..HeaderCharsShown] + "…" : all;

    private static bool Has(string[] header, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (!header.Contains(column, StringComparer.Ordinal)) return false;
        return true;
    }
}

/// <summary>How rows that name nobody are dealt out.</summary>
/// <param name="Seed">What every draw starts from.</param>
/// <param name="Vehicles">Over how many made-up vehicles traffic rows are dealt.</param>
public sealed record RowOptions(string Seed, int Vehicles);
