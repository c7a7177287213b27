using Scoring.Rules;

namespace Scoring.Scores;

/// <content>The saved form: variable-length integers, days as differences. Its bytes never change within a fold version.</content>
public sealed partial class FoldState
{
    /// <summary>The state in its compact form; the first byte is <see cref="FoldVersion"/>.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte)FoldVersion);
        writer.Write7BitEncodedInt64(Turn);
        SaveCells(writer);
        writer.Write7BitEncodedInt(_amendments?.Corrections.Count ?? 0);
        foreach (var correction in _amendments?.Corrections ?? [])
        {
            writer.Write7BitEncodedInt64(correction.Turn);
            writer.Write7BitEncodedInt(correction.Day);
        }
        writer.Write7BitEncodedInt(_amendments?.Contests.Count ?? 0);
        foreach (var contest in _amendments?.Contests ?? []) Save(contest, writer);
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Save()"/> wrote.</summary>
    /// <exception cref="InvalidDataException">
    /// Another version wrote it, or it is damaged. The caller folds from the ledger instead.
    /// </exception>
    public static FoldState Load(byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved, writable: false));
        try
        {
            if (reader.ReadByte() != FoldVersion) throw new InvalidDataException("The snapshot has another fold version.");
            var state = new FoldState { Turn = reader.Read7BitEncodedInt64() };
            state.LoadCells(reader);
            state.LoadAmendments(reader);
            if (reader.BaseStream.Position != saved.Length) throw new InvalidDataException("The snapshot has bytes after its end.");
            return state;
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("The snapshot is damaged.", exception);
        }
    }

    private void SaveCells(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_cells.Count);
        var dayBefore = 0;
        for (var index = 0; index < _cells.Count; index++)
        {
            writer.Write7BitEncodedInt(_cells.Day(index) - dayBefore);
            writer.Write7BitEncodedInt(_cells.Rule(index));
            writer.Write7BitEncodedInt64(_cells.Points(index));
            dayBefore = _cells.Day(index);
        }
    }

    private void LoadCells(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var day = 0;
        for (var index = 0; index < count; index++)
        {
            day += reader.Read7BitEncodedInt();
            _cells.Add(day, ReadRule(reader), reader.Read7BitEncodedInt64());
        }
    }

    private void LoadAmendments(BinaryReader reader)
    {
        var loaded = new Amendments();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            loaded.Add(new Correction(reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt()));
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--) loaded.Add(LoadContest(reader));
        if (!loaded.IsEmpty) _amendments = loaded;
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
        var turn = reader.Read7BitEncodedInt64();
        var day = reader.Read7BitEncodedInt();
        var dueDay = reader.Read7BitEncodedInt();
        var extended = reader.ReadBoolean();
        var points = new List<RulePoints>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            points.Add(new RulePoints(ReadRule(reader), reader.Read7BitEncodedInt64()));
        return new Contest(turn, day, dueDay, [.. points]) { Extended = extended };
    }

    private static int ReadRule(BinaryReader reader) =>
        reader.Read7BitEncodedInt() is >= 0 and < ProgrammeRules.RulesMax and var rule
            ? rule
            : throw new InvalidDataException("The snapshot is damaged.");
}
