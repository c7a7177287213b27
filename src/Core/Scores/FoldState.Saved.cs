using Scoring.Rules;

namespace Scoring.Scores;

public sealed partial class FoldState
{
    /// <summary>The state in its own compact form, first byte <see cref="FoldVersion"/>.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte)FoldVersion);
        writer.Write7BitEncodedInt64(Turn);
        writer.Write7BitEncodedInt(cells.Count);
        for (var (index, before) = (0, 0); index < cells.Count; before = cells.Day(index++))
        {
            writer.Write7BitEncodedInt(cells.Day(index) - before);
            writer.Write7BitEncodedInt(cells.Rule(index));
            writer.Write7BitEncodedInt64(cells.Points(index));
        }
        writer.Write7BitEncodedInt(amendments?.Corrections.Count ?? 0);
        foreach (var correction in amendments?.Corrections ?? [])
        {
            writer.Write7BitEncodedInt64(correction.Turn);
            writer.Write7BitEncodedInt(correction.Day);
        }
        writer.Write7BitEncodedInt(amendments?.Contests.Count ?? 0);
        foreach (var contest in amendments?.Contests ?? []) Save(contest, writer);
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Save()"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was written by another version, or is damaged: fold from the ledger instead.</exception>
    public static FoldState Load(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved, writable: false));
        try
        {
            if (reader.ReadByte() != FoldVersion) throw new InvalidDataException("A snapshot of another fold version.");
            var state = new FoldState { Turn = reader.Read7BitEncodedInt64() };
            state.LoadCells(reader);
            state.LoadAmendments(reader);
            if (reader.BaseStream.Position != saved.Length) throw new InvalidDataException("A snapshot with something behind its end.");
            return state;
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("A damaged snapshot.", exception);
        }
    }

    private void LoadCells(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        for (var (index, day) = (0, 0); index < count; index++)
        {
            day += reader.Read7BitEncodedInt();
            cells.Add(day, Rule(reader), reader.Read7BitEncodedInt64());
        }
    }

    private void LoadAmendments(BinaryReader reader)
    {
        var loaded = new Amendments();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            loaded.Add(new Correction(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt()));
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--) loaded.Add(LoadContest(reader));
        if (!loaded.IsEmpty) amendments = loaded;
    }

    private static void Save(Contest contest, BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(contest.Turn);
        writer.Write7BitEncodedInt(contest.Day);
        writer.Write7BitEncodedInt(contest.DueDay);
        writer.Write(contest.Extended);
        writer.Write7BitEncodedInt(contest.Points.Length);
        foreach (var (rule, points) in contest.Points)
        {
            writer.Write7BitEncodedInt(rule);
            writer.Write7BitEncodedInt64(points);
        }
    }

    private static Contest LoadContest(BinaryReader reader)
    {
        var (turn, day, dueDay) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        var extended = reader.ReadBoolean();
        var points = new List<RulePoints>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            points.Add(new RulePoints(Rule(reader), reader.Read7BitEncodedInt64()));
        return new Contest(turn, day, dueDay, [.. points]) { Extended = extended };
    }

    private static int Rule(BinaryReader reader) =>
        reader.Read7BitEncodedInt() is >= 0 and < ProgrammeRules.RulesMax and var rule
            ? rule
            : throw new InvalidDataException("A damaged snapshot.");
}
