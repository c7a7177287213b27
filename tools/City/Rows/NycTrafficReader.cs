using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using Scoring.City.People;

namespace Scoring.City.Rows;

/// <summary>
/// Reads parking and camera violations of New York City. Rows name no vehicle, so each row is assigned to a synthetic vehicle, the same row
/// always to the same one. Rows are not in order of time. Each vehicle also gets one synthetic trip on each day of the file, so that it can
/// earn points; the summary counts these trips separately.
/// </summary>
public static class NycTrafficReader
{
    /// <summary>Reads the rows after the header.</summary>
    public static RowFile Read(CsvReader csv, RowOptions options)
    {
        var events = new List<CityEvent>();
        var skipped = 0;
        var row = 0;
        while (csv.Read())
        {
            if (++row > RowReader.RowsMax) throw new CityException($"The file has more than {RowReader.RowsMax} rows.");
            if (LocalTime.Day(csv.GetField("issue_date")!) is { } day) events.Add(Event(csv, row, day, options));
            else skipped++;
        }
        var trips = events.Count == 0 ? [] : Trips(events, options);
        var reasons = skipped == 0 ? [] : new Dictionary<string, int> { ["invalid day"] = skipped };
        return new RowFile("NYC traffic", ProgrammeNames.SafeDriver, [.. events, .. trips], reasons, row, trips.Count);
    }

    private static CityEvent Event(CsvReader csv, int row, DateOnly day, RowOptions options)
    {
        var id = StableHash.RowId("nyc", row, csv.Parser.RawRecord.TrimEnd('\r', '\n'));
        var code = csv.GetField<int>("violation_code");
        var (type, data) = ViolationCodes.Of(code);
        var name = Vehicle(StableHash.Number(options.Vehicles, options.Seed, "deal", id));
        return new CityEvent(ProgrammeNames.SafeDriver, name, type, id,
            day.ToDateTime(LocalTime.OfTwelveHours(csv.GetField("violation_time")!)), data);
    }

    private static List<CityEvent> Trips(List<CityEvent> events, RowOptions options)
    {
        var first = DateOnly.FromDateTime(events.Min(e => e.Local));
        var last = DateOnly.FromDateTime(events.Max(e => e.Local));
        var trips = new List<CityEvent>();
        for (var day = first; day <= last; day = day.AddDays(1))
            for (var vehicle = 0; vehicle < options.Vehicles; vehicle++)
                trips.Add(Trip(Vehicle(vehicle), day, options.Seed));
        return trips;
    }

    private static CityEvent Trip(string name, DateOnly day, string seed)
    {
        var id = StableHash.Token(seed, "trip", name, day.ToString("O", CultureInfo.InvariantCulture));
        var draw = new Random(StableHash.Number(int.MaxValue, seed, "trip", id));
        var time = new TimeOnly(6 + draw.Next(16), draw.Next(60));
        return new CityEvent(ProgrammeNames.SafeDriver, name, "traffic.trip", id, day.ToDateTime(time), SyntheticTrips.Trip(draw));
    }

    private static string Vehicle(int number) => string.Create(CultureInfo.InvariantCulture, $"vehicle-{number}");
}
