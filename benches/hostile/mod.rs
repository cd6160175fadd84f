//! Inputs that no report looks like, made of one piece over and over.

/// What could tempt a parser to look back or ahead, over and over: bars, line ends, open brackets, one label, numbers within
/// numbers, cells that never end.
pub const HOSTILE: &[&str] = &[
    "|",
    "| ",
    "|\n",
    "\n",
    " ",
    "(",
    "（",
    "(\n",
    "规章",
    "规章 | ",
    "规章 |\n",
    "规章\n",
    "规章\n|\n",
    "其他 |\n",
    "总计 |\n",
    "被依法纠错数 | 件 | ",
    "三、本年度办理结果 |\n",
    "不予公开",
    "一、（一）1.（1）",
    "一、（一）1.（1）\n",
    "其中：",
    "其中：规章 | 3 |\n",
    "3",
    "3\n",
    "3 |\n",
    "0|",
    "甲 |\n",
    "3\n\n",
    "1,111",
    "—",
    "行政复议 |\n结果维持 |\n",
    "自然人 | ",
    "信息内容 | 本年制发件数 |\n",
    "第二十条第（一）项 |\n",
    "| --- | --- |\n",
    "---\n",
    "\t",
    "规章\t3\t",
    "填报单位：",
    "2019年1月3日",
    "一、",
    "。",
    "规章||",
    "3||",
    "a\n",
    "3\n |\n",
    "3\n|",
    "—|",
    "规章  3\n",
    "3  3  ",
    "1.5元",
    "1.a\n",
    "鏀垮簻淇℃伅",
    "Õþ¸®ÐÅÏ¢",
];

/// What begins a table, and a row of it that comes over and over: a reader may ask all rows of a table what one means.
pub const OPENED: &[(&str, &str)] = &[
    (
        "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| --- | --- | --- | --- |\n| 规章 | 3 | 4 | 5 |\n\
         | 信息内容 | 本年处理决定数量 |  |  |\n",
        "| 行政许可                                     | 377 |  |  |\n",
    ),
    (
        "| 自然人 | 法人或其他组织 |  |  |  |  | 总计 |\n| --- | --- | --- | --- | --- | --- | --- |\n\
         |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |\n",
        "| 一、本年新收政府信息公开申请数量 |  |  | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n",
    ),
    (
        "统计指标 | 单位 | 统计数 |\n制发规范性文件总数 | 件 | 3 |\n",
        "政府网站公开政府信息数                      | | 3 |\n",
    ),
    (
        "规章 3 5 7\n规范性文件 3 5 7\n行政许可 3\n行政处罚 3\n行政强制 3\n",
        "行政处罚                                    3  5\n",
    ),
];
