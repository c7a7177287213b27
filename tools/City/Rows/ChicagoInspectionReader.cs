using System.Text.Json.Nodes;
using CsvHelper;
using Scoring.City.People;

namespace Scoring.City.Rows;

/// <summary>
/// Reads food inspections of the City of Chicago. A row is an attested inspection of the merchant on the premises. Rows have no time of day
/// and get noon. <c>No Entry</c>, <c>Not Ready</c> and <c>Out of Business</c> are sent as such, neither pass nor fail.
/// </summary>
public static class ChicagoInspectionReader
{
    /// <summary>Reads the rows after the header.</summary>
    public static RowFile Read(CsvReader csv)
    {
        var events = new List<CityEvent>();
        var skipped = new Dictionary<string, int>();
        var row = 0;
        while (csv.Read())
        {
            if (++row > RowReader.RowsMax) throw new CityException($"The file has more than {RowReader.RowsMax} rows.");
            var fault = Fault(csv);
            if (fault is null) events.Add(Event(csv, row));
            else skipped[fault] = skipped.GetValueOrDefault(fault) + 1;
        }
        return new RowFile("Chicago inspections", ProgrammeNames.CleanKitchen, events, skipped, row, 0);
    }

    /// <summary>Returns the code of a result; <see langword="null"/> for an unknown one.</summary>
    public static string? Result(string word) => word switch
    {
        "Pass" => "pass",
        "Pass w/ Conditions" => "pass-with-conditions",
        "Fail" => "fail",
        "No Entry" => "no-entry",
        "Not Ready" => "not-ready",
        "Out of Business" => "out-of-business",
        _ => null,
    };

    /// <summary>Returns the code of the inspection's cause; <c>other</c> for an unknown one.</summary>
    public static string Visit(string words) => words switch
    {
        _ when words.EndsWith("Re-Inspection", StringComparison.OrdinalIgnoreCase) => "re-inspection",
        _ when words.Contains("Complaint", StringComparison.OrdinalIgnoreCase) => "complaint",
        _ when words.StartsWith("Canvass", StringComparison.OrdinalIgnoreCase) => "canvass",
        _ when words.StartsWith("License", StringComparison.OrdinalIgnoreCase) => "license",
        _ => "other",
    };

    private static string? Risk(string words) => words switch
    {
        "Risk 1 (High)" => "high",
        "Risk 2 (Medium)" => "medium",
        "Risk 3 (Low)" => "low",
        _ => null,
    };

    private static string? Fault(CsvReader csv) =>
        LocalTime.Day(csv.GetField("date")!) is null ? "invalid day"
        : Result(csv.GetField("result")!) is null ? "unknown result"
        : Risk(csv.GetField("risk")!) is null ? "unknown risk"
        : null;

    private static CityEvent Event(CsvReader csv, int row) => new(
        ProgrammeNames.CleanKitchen,
        "premises-" + csv.GetField("premises"),
        "surveillance.inspection",
        StableHash.RowId("chicago", row, csv.Parser.RawRecord.TrimEnd('\r', '\n')),
        LocalTime.Day(csv.GetField("date")!)!.Value.ToDateTime(LocalTime.Noon),
        new JsonObject
        {
            ["result"] = Result(csv.GetField("result")!),
            ["risk"] = Risk(csv.GetField("risk")!),
            ["visit"] = Visit(csv.GetField("inspection_type")!),
            ["violations"] = csv.GetField("violation_codes")!.Split('|', StringSplitOptions.RemoveEmptyEntries).Length,
        });
}
