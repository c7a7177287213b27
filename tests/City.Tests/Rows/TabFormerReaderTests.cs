using Scoring.City.Rows;

namespace Scoring.City.Tests.Rows;

public sealed class TabFormerReaderTests
{
    private const string Header =
        "User,Card,Year,Month,Day,Time,Amount,Use Chip,Merchant Name,Merchant City,Merchant State,Zip,MCC,Errors?,Is Fraud?\n";

    [Fact]
    public void A_payment_is_paid_and_a_negative_amount_is_refunded()
    {
        var file = Read(
            "0,3,2002,9,1,06:21,$134.09,Swipe Transaction,3527213246127876953,La Verne,CA,91750.0,5300,,No\n" +
            "0,3,2002,9,1,06:42,$-99.00,Chip Transaction,-727612092139916043,Monterey Park,CA,91754.0,5411,,No\n");
        file.Events.Select(e => e.Type).ShouldBe(["payment.paid", "payment.refunded"]);
        file.Events.Select(e => e.Local).ShouldBe([new DateTime(2002, 9, 1, 6, 21, 0), new DateTime(2002, 9, 1, 6, 42, 0)]);
        file.Events.Select(e => e.Data["amountMinor"]!.GetValue<long>()).ShouldBe([13409L, 9900L]);
    }

    [Fact]
    public void Cents_stay_exact()
    {
        var file = Read(
            "0,0,2002,9,1,06:21,$1409.4,Swipe Transaction,1,X,CA,1,5300,,No\n" +
            "0,0,2002,9,1,06:21,$0.29,Swipe Transaction,1,X,CA,1,5300,,No\n");
        file.Events.Select(e => e.Data["amountMinor"]!.GetValue<long>()).ShouldBe([140940L, 29L]);
    }

    [Fact]
    public void Rows_with_errors_are_left_out_and_counted_even_with_commas_inside()
    {
        var file = Read(
            "0,0,2002,9,1,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,\"Bad PIN,Insufficient Balance\",No\n" +
            "0,0,2002,9,1,06:22,$2.00,Swipe Transaction,1,X,CA,1,5300,Technical Glitch,No\n" +
            "0,0,2002,9,1,06:23,$3.00,Swipe Transaction,1,X,CA,1,5300,,No\n");
        file.Rows.ShouldBe(3);
        file.Skipped.Values.Sum().ShouldBe(2);
        file.Events.ShouldHaveSingleItem().Data["amountMinor"]!.GetValue<long>().ShouldBe(300);
    }

    [Fact]
    public void Rows_of_the_same_minute_and_text_are_different_events()
    {
        const string row = "0,0,2002,9,1,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,,No\n";
        Read(row + row).Events.Select(e => e.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void The_same_file_read_again_gives_the_same_ids()
    {
        const string row = "0,0,2002,9,1,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,,No\n";
        Read(row + row).Events.Select(e => e.Id).ShouldBe(Read(row + row).Events.Select(e => e.Id));
    }

    [Fact]
    public void Merchants_are_distinguished_to_the_last_digit_and_left_out_of_events()
    {
        // A double cannot hold the digit in which these two differ.
        var one = Read("0,0,2002,9,1,06:21,$1.00,Swipe Transaction,3527213246127876953,X,CA,1,5300,,No\n").Events[0];
        var other = Read("0,0,2002,9,1,06:21,$1.00,Swipe Transaction,3527213246127876954,X,CA,1,5300,,No\n").Events[0];
        one.Id.ShouldNotBe(other.Id);
        foreach (var text in new[] { one.Id, one.SubjectName, one.Data.ToJsonString() }) text.ShouldNotContain("3527213246127876953");
        one.Data.ToJsonString().ShouldBe(other.Data.ToJsonString());
    }

    [Fact]
    public void Each_card_is_a_citizen()
    {
        var file = Read(
            "0,0,2002,9,1,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,,No\n" +
            "0,4,2002,9,1,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,,No\n" +
            "0,0,2002,9,2,06:21,$1.00,Swipe Transaction,1,X,CA,1,5300,,No\n");
        file.People.ShouldBe(["card-0-0", "card-0-4"]);
    }

    private static RowFile Read(string rows) => RowReader.Read(new StringReader(Header + rows), new RowOptions("test", 3));
}
