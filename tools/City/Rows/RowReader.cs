using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Scoring.City.Rows;

/// <summary>Reads a data file, and recognises its format by the header.</summary>
public static class RowReader
{
    /// <summary>How many rows a file may have.</summary>
    public const int RowsMax = 5_000_000;

    private const int HeaderCharsShown = 200;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CityException">The file cannot be read, or its format is unknown.</exception>
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
            throw new CityException($"{path} is malformed: {exception.Message}");
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
            _ => throw new CityException($"The format of the file is unknown. Its columns are {Shown(header)}."),
        };
    }

    private static string Shown(string[] header) =>
        string.Join(", ", header) is var columns && columns.Length > HeaderCharsShown ? columns[..HeaderCharsShown] + "…" : columns;

    private static bool Has(string[] header, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (!header.Contains(column, StringComparer.Ordinal)) return false;
        return true;
    }
}

/// <summary>How rows that name no subject are assigned to synthetic vehicles.</summary>
/// <param name="Seed">The seed of the assignment.</param>
/// <param name="Vehicles">How many synthetic vehicles there are.</param>
public sealed record RowOptions(string Seed, int Vehicles);
