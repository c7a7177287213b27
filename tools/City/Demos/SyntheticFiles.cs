using System.Globalization;
using System.Text;
using Scoring.City.Rows;

namespace Scoring.City.Demos;

/// <summary>Creates files of the three known formats from a seed, for a demonstration without the sample files.</summary>
public static class SyntheticFiles
{
    private const int Days = 90;
    private static readonly DateOnly First = new(2020, 1, 1);

    /// <summary>Returns the text of one file of each format.</summary>
    public static IEnumerable<string> All(string seed)
    {
        var draw = new Random(StableHash.Number(int.MaxValue, seed, "made-up files"));
        yield return File(
            "User,Card,Year,Month,Day,Time,Amount,Use Chip,Merchant Name,Merchant City,Merchant State,Zip,MCC,Errors?,Is Fraud?", 5000,
            _ => $"0,{draw.Next(5)},{Day(draw):yyyy,M,d},{Time(draw)},{Amount(draw)},Chip Transaction,0,,,,0,{Error(draw)},No");
        yield return File(
            "row,issue_date,violation_time,violation_code,violation_description,vehicle_body_type", 1000,
            i => $"{i},{Day(draw):MM/dd/yyyy},{1 + draw.Next(12):00}{draw.Next(60):00}{"AP"[draw.Next(2)]},{Code(draw)},,SUBN");
        yield return File(
            "id,date,premises,facility_type,inspection_type,risk,result,violation_codes", 300,
            i => $"{i},{Day(draw):MM/dd/yyyy},{draw.Next(100):x16},Restaurant,Canvass,Risk 1 (High),{Result(draw)},55|47");
    }

    private static string File(string header, int rows, Func<int, FormattableString> row)
    {
        var text = new StringBuilder(header).Append('\n');
        for (var i = 1; i <= rows; i++) text.Append(row(i).ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    private static DateOnly Day(Random draw) => First.AddDays(draw.Next(Days));

    private static string Time(Random draw) => string.Create(CultureInfo.InvariantCulture, $"{draw.Next(24):00}:{draw.Next(60):00}");

    private static string Amount(Random draw) =>
        string.Create(CultureInfo.InvariantCulture, $"${(draw.Next(20) == 0 ? "-" : "")}{1 + draw.Next(300)}.{draw.Next(100):00}");

    private static string Error(Random draw) => draw.Next(30) == 0 ? "\"Bad PIN,Insufficient Balance\"" : "";

    private static int Code(Random draw) => draw.GetItems([5, 7, 36, 14, 21, 38, 40, 46], 1)[0];

    private static string Result(Random draw) => draw.GetItems(["Pass", "Pass w/ Conditions", "Fail", "No Entry"], 1)[0];
}
