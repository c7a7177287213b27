using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Erasures;

public sealed class ErasureListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-erasures-").FullName;
    private readonly FakeTimeProvider _clock = new(Some.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_lines_of_every_silo_are_on_the_list_and_no_others()
    {
        var subjects = Enumerable.Range(0, 30).Select(_ => Some.Subject()).ToArray();
        using (var one = List())
        using (var other = List())
        {
            await Task.WhenAll(subjects.Select((subject, i) => (i % 2 == 0 ? one : other).Note([subject], Cancel)));
            Files().Length.ShouldBe(2, "each silo has its own file");
            await one.Note(subjects[..3], Cancel);
        }
        var (count, has) = List().Read();
        count.ShouldBe(30);
        subjects.ShouldAllBe(subject => has(subject));
        has(Some.Subject()).ShouldBeFalse();
        has(new SubjectId(subjects[0].Value + 1)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_line_says_a_day_and_a_keyed_hash_and_nothing_else()
    {
        var subject = Some.Subject();
        using (var list = List()) await list.Note([subject], Cancel);
        var line = await File.ReadAllTextAsync(Files().Single(), Cancel);
        line.ShouldMatch("^2026-03-01 [0-9a-f]{64}\n$");
        line.ShouldNotContain(subject.ToString());
        line.ShouldNotContain(Convert.ToHexStringLower(LedgerStage.Keys.Locator("p", Some.Programme, 0)));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Files().Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(75)]
    [InlineData(100)]
    public async Task A_tail_torn_by_a_crash_is_skipped(int bytes)
    {
        var subjects = await AppendLines(5);
        using (var file = new FileStream(Files().Single(), FileMode.Open)) file.SetLength(file.Length - bytes);
        var (count, has) = List().Read();
        count.ShouldBe(bytes > 76 ? 3 : 4);
        has(subjects[0]).ShouldBeTrue();
        has(subjects[4]).ShouldBeFalse();
        // The next writer begins a new file, so no line ever follows the torn tail.
        await AppendLines(1);
        Files().Length.ShouldBe(2);
        List().Read().Count.ShouldBe(count + 1);
    }

    [Fact]
    public async Task A_tail_that_the_disk_left_empty_is_torn_too()
    {
        await AppendLines(3);
        using (var file = new FileStream(Files().Single(), FileMode.Append)) file.Write(new byte[200]);
        List().Read().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(229)]
    public async Task Damage_before_the_last_line_is_refused(int at)
    {
        await AppendLines(5);
        var bytes = await File.ReadAllBytesAsync(Files().Single(), Cancel);
        bytes[at] ^= 0x40;
        await File.WriteAllBytesAsync(Files().Single(), bytes, Cancel);
        Should.Throw<ErasureListException>(() => List().Read()).Message.ShouldContain("damaged");
        await File.WriteAllBytesAsync(Files().Single(), [.. bytes.Take(at), .. bytes.Skip(at + 1)], Cancel);
        Should.Throw<ErasureListException>(() => List().Read()).Message.ShouldContain("damaged", Case.Sensitive, "a byte is missing");
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_unreadable_is_refused()
    {
        using var list = List(Path.Combine(_folder, "nowhere"));
        Should.Throw<ErasureListException>(() => list.Read()).Message.ShouldContain("is missing");
        await Should.ThrowAsync<LedgerUnavailableException>(list.Note([Some.Subject()], Cancel));
        await AppendLines(1);
        Directory.CreateDirectory(Path.Combine(_folder, "unreadable.erasures"));
        Should.Throw<ErasureListException>(() => List().Read()).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task After_a_write_that_failed_a_new_file_is_begun()
    {
        using var list = List(Path.Combine(_folder, "sub"));
        await Should.ThrowAsync<LedgerUnavailableException>(list.Note([Some.Subject()], Cancel));
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        await list.Note([Some.Subject()], Cancel);
        list.Read().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_is_dropped_when_all_of_its_lines_are_old_enough()
    {
        using var list = List();
        var first = Some.Subject();
        await list.Note([first], Cancel);
        _clock.Advance(TimeSpan.FromDays(29));
        await list.Note([Some.Subject()], Cancel);
        Files().Length.ShouldBe(1);
        _clock.Advance(TimeSpan.FromDays(1));
        await list.Note([Some.Subject()], Cancel);
        Files().Length.ShouldBe(2, "after thirty days a new file is begun");
        _clock.Advance(TimeSpan.FromDays(399));
        list.DropOld();
        list.Read().Has(first).ShouldBeTrue("the second line of its file is to be kept for another day");
        _clock.Advance(TimeSpan.FromDays(1));
        list.DropOld();
        (list.Read().Count, Files().Length).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_file_that_its_silo_may_still_write_to_is_never_dropped()
    {
        using var list = List();
        using var other = List(keepDays: 1);
        var first = Some.Subject();
        var second = Some.Subject();
        await list.Note([first], Cancel);
        _clock.Advance(TimeSpan.FromDays(29));
        other.DropOld();
        await list.Note([second], Cancel);
        var (count, has) = List().Read();
        (count, has(first), has(second), Files().Length).ShouldBe((2, true, true, 1));
    }

    [Fact]
    public async Task A_file_is_kept_for_its_youngest_line_also_after_a_clock_went_back()
    {
        using (var list = List())
        {
            await list.Note([Some.Subject()], Cancel);
        }
        var late = Files().Single();
        var earlier = (await File.ReadAllTextAsync(late, Cancel)).Replace("2026-03-01", "2026-01-01");
        await File.AppendAllTextAsync(late, earlier, Cancel);
        _clock.Advance(TimeSpan.FromDays(380));
        List().DropOld();
        List().Read().Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_its_file_is_deleted_or_replaced_a_silo_begins_a_new_one()
    {
        using var list = List();
        var subjects = Enumerable.Range(0, 4).Select(_ => Some.Subject()).ToArray();
        await list.Note([subjects[0]], Cancel);
        File.Delete(Files().Single());
        await list.Note([subjects[1]], Cancel);
        List().Read().Has(subjects[1]).ShouldBeTrue("its line went to a deleted file");

        await list.Note([subjects[2]], Cancel);
        var path = Files().Single();
        var earlier = (await File.ReadAllBytesAsync(path, Cancel))[..76];
        File.Delete(path);
        await File.WriteAllBytesAsync(path, earlier, Cancel); // as a restored backup of the folder does
        await list.Note([subjects[3]], Cancel);
        List().Read().Has(subjects[3]).ShouldBeTrue("its line went to a replaced file");

        Directory.Delete(_folder, recursive: true);
        await Should.ThrowAsync<LedgerUnavailableException>(list.Note([subjects[0]], Cancel));
        Directory.CreateDirectory(_folder);
        await list.Note([subjects[0]], Cancel);
        List().Read().Has(subjects[0]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    [InlineData(3650, true)]
    [InlineData(3651, false)]
    public void Lines_are_kept_for_longer_than_a_file_is_written(int days, bool isAccepted)
    {
        var options = new ErasureOptions { KeepDays = days };
        Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true).ShouldBe(isAccepted);
    }

    private async Task<SubjectId[]> AppendLines(int count)
    {
        var subjects = Enumerable.Range(0, count).Select(_ => Some.Subject()).ToArray();
        using var list = List();
        foreach (var subject in subjects) await list.Note([subject], Cancel);
        return subjects;
    }

    private string[] Files() => Directory.GetFiles(_folder, "*.erasures");

    private ErasureList List(string? path = null, int keepDays = 400) => new(
        Options.Create(new ErasureOptions { Folder = path ?? _folder, KeepDays = keepDays }), LedgerStage.Keys, _clock,
        NullLogger<ErasureList>.Instance);
}
