namespace Scoring.Checkpoints;

public sealed class CheckpointChainTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_part_of_the_chain_goes_back_from_a_number_to_the_first()
    {
        var links = await CheckpointChain.Read(number => Task.FromResult<string?>(Note(number, Start.AddHours(number))), 20);
        links.Select(link => link.Note.Number).ShouldBe(Enumerable.Range(0, CheckpointChain.LinksMax).Select(n => 20L - n));
        links.ShouldAllBe(link => link.Before!.Number == link.Note.Number - 1 && link.Gap == Hour && link.Growth == 256);
        var first = await CheckpointChain.Read(number => Task.FromResult<string?>(Note(number, Start.AddHours(number))), 2);
        first.Select(link => link.Before?.Number).ShouldBe([1, null]);
    }

    [Fact]
    public void A_link_that_is_as_it_must_be_has_no_alarm() => Alarms(Note(8, Start.AddHours(2))).ShouldBeEmpty();

    [Fact]
    public void A_gap_of_more_than_twice_the_expected_time_is_an_alarm() =>
        Alarms(Note(8, Start.AddHours(2).AddSeconds(1))).ShouldBe([ChainAlarm.Gap]);

    [Fact]
    public void A_restored_backup_is_an_alarm() =>
        Alarms(Note(8, Start).Replace("life x\n", "life x\nbreak y\n", StringComparison.Ordinal)).ShouldBe([ChainAlarm.Restored]);

    [Fact]
    public void A_chain_that_goes_back_is_an_alarm()
    {
        Alarms(Note(8, Start.AddSeconds(-1))).ShouldBe([ChainAlarm.WentBack], "an earlier time");
        Alarms(Note(9, Start)).ShouldBe([ChainAlarm.WentBack], "a number is missing");
        Alarms(Note(8, Start, size: 0)).ShouldBe([ChainAlarm.WentBack], "a log is shorter");
        Alarms(Note(8, Start).Replace("log\n", "other\n", StringComparison.Ordinal)).ShouldBe([ChainAlarm.WentBack], "another log");
    }

    [Fact]
    public void Keys_with_another_name_than_the_logs_are_those_of_witnesses() =>
        CheckpointChain.Witnesses("log+1+key\nlog+2+former\nwitness.example/one+3+key\n", "log").ShouldBe(["witness.example/one"]);

    private static IReadOnlyList<ChainAlarm> Alarms(string note) =>
        CheckpointChain.AlarmsOf(new ChainLink(NoteText.Read(note)!, NoteText.Read(Note(7, Start))), Hour);

    private static string Note(long number, DateTimeOffset at, long? size = null) =>
        $"log\n{number}\nroot\nat {at:yyyy-MM-dd'T'HH:mm:ss'Z'}\nlife x\npartition 0 {size ?? number * 256} a\n\n— log abc\n";
}
